package dev.onward.manifest.reader;

import static dev.onward.manifest.GateTexts.fromLabel;
import static dev.onward.manifest.GateTexts.gates;
import static dev.onward.manifest.GateTexts.problems;
import static dev.onward.manifest.reader.ManifestTexts.messages;
import static dev.onward.manifest.reader.ManifestTexts.readOnly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.GateTexts;
import dev.onward.policy.Gate;
import dev.onward.policy.Verification;
import dev.onward.policy.Verification.Http;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.ChangeCalendarsGate;
import dev.onward.policy.gate.DeploymentBudgetGate;
import dev.onward.policy.gate.DriftFreeGate;
import dev.onward.policy.gate.FreezesGate;
import dev.onward.policy.gate.GateType;
import dev.onward.policy.gate.GateType.Settings.Flag;
import dev.onward.policy.gate.GateType.Settings.PositiveDuration;
import dev.onward.policy.gate.MinAgeGate;
import dev.onward.policy.gate.MinIntervalGate;
import dev.onward.policy.gate.PlannedFreeze;
import dev.onward.policy.gate.SoakGate;
import dev.onward.policy.gate.UnknownGate;
import dev.onward.policy.gate.VerificationsGate;
import dev.onward.policy.gate.Window;
import dev.onward.policy.gate.WindowsGate;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gates of a policy as manifests write them. Windows, freezes and verifications have their own
 * tests besides.
 */
class GateReaderTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  /** In the order of the reference, which GateTypeTest compares. */
  private static final String ALL =
      GateType.configurable().stream().map(GateType::key).collect(Collectors.joining(", "));

  @Test
  void everyGateOfThisVersionIsReadInOneFixedOrder() {
    String text =
        """
        budget: {deployments: 4, per: 1d}
        min_interval: 15m
        change_calendars: ["arn:aws:ssm:eu-west-1:123456789012:document/Releases", MyCalendar]
        windows: [{days: [mon, tue, wed, thu], from: "09:00", to: "16:00", timezone: Europe/London}]
        approvals: {count: 2, expire_after: 7d}
        verifications: [{name: smoke, http: {url: "https://stage.example.org/health"}}]
        soak: 1h
        min_age: 10m
        drift_free: true
        freezes: [{from: 2026-12-18T17:00, to: 2027-01-04T09:00, timezone: Europe/London, reason: Christmas}]
        """;
    assertThat(gates(text))
        .containsExactly(
            new FreezesGate(
                List.of(
                    new PlannedFreeze(
                        ZonedDateTime.of(2026, 12, 18, 17, 0, 0, 0, LONDON),
                        ZonedDateTime.of(2027, 1, 4, 9, 0, 0, 0, LONDON),
                        "Christmas"))),
            new DriftFreeGate(),
            new MinAgeGate(Duration.ofMinutes(10)),
            new SoakGate(Duration.ofHours(1)),
            new VerificationsGate(
                List.of(
                    new Verification(
                        "smoke",
                        new Http(
                            URI.create("https://stage.example.org/health"), 200, Optional.empty()),
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5)))),
            new ApprovalsGate(2, Optional.of(Duration.ofDays(7))),
            new WindowsGate(
                List.of(
                    new Window(
                        new TreeSet<>(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY)),
                        LocalTime.of(9, 0),
                        LocalTime.of(16, 0),
                        LONDON))),
            new ChangeCalendarsGate(
                List.of("arn:aws:ssm:eu-west-1:123456789012:document/Releases", "MyCalendar")),
            new MinIntervalGate(Duration.ofMinutes(15)),
            new DeploymentBudgetGate(4, Duration.ofDays(1)));
  }

  static Stream<String> gatesOfOneDuration() {
    return keys(PositiveDuration.class);
  }

  @ParameterizedTest
  @MethodSource("gatesOfOneDuration")
  void aGateOfOneDurationTakesNoOther(String gate) {
    assertThat(gates(gate + ": 1h30m")).singleElement().extracting(Gate::name).isEqualTo(gate);
    assertThat(problems(gate + ": 0m"))
        .containsExactly(
            "error: 8.%s: found '0m'; allowed: a duration longer than 0s".formatted(gate));
    assertThat(problems(gate + ": {for: 1h}"))
        .containsExactly(
            "error: 8.%s: found a map; allowed: a duration such as 30s, 10m, 1h30m, 1d or PT10M"
                .formatted(gate));
  }

  static Stream<String> gatesOfAFlag() {
    return keys(Flag.class);
  }

  @ParameterizedTest
  @MethodSource("gatesOfAFlag")
  void aGateOfAFlagIsOnOrAbsent(String gate) {
    assertThat(gates(gate + ": true")).singleElement().extracting(Gate::name).isEqualTo(gate);
    assertThat(gates(gate + ": false")).isEmpty();
    assertThat(problems(gate + ": 1"))
        .containsExactly(
            "error: 8.%s: found the number 1; allowed: true or false, without quotes"
                .formatted(gate));
  }

  private static Stream<String> keys(Class<? extends GateType.Settings> settings) {
    return GateType.configurable().stream()
        .filter(type -> type.settings().filter(settings::isInstance).isPresent())
        .map(GateType::key);
  }

  @Test
  void unknownGatesHoldAndComeLastByName() {
    String text = "zeal: 1\nalpha: {}\nbudget: {deployments: 1, per: 1h}";
    assertThat(gates(text))
        .containsExactly(
            new DeploymentBudgetGate(1, Duration.ofHours(1)),
            new UnknownGate("alpha"),
            new UnknownGate("zeal"));
  }

  @Test
  void anUnknownGateHoldsWhateverItsSettings() {
    assertThat(gates("moon:")).containsExactly(new UnknownGate("moon"));
    assertThat(problems("moon: [full]"))
        .containsExactly(
            "warning: 8.moon: found a gate that this"
                + " version of Onward does not know: it holds every release; allowed: "
                + ALL);
  }

  @Test
  void aMisspeltGateHoldsAndIsAskedFor() {
    assertThat(gates("min-age: 1h")).containsExactly(new UnknownGate("min-age"));
    assertThat(problems("aprovals: 1"))
        .singleElement()
        .asString()
        .startsWith("warning: 8.aprovals: found a gate")
        .endsWith("; allowed: " + ALL + " (did you mean approvals?)");
  }

  @Test
  void driftFreeThatIsSwitchedOffIsAsIfItWereAbsent() {
    assertThat(gates("drift_free: false")).isEmpty();
    assertThat(messages("a.yaml", fromLabel("drift_free: false"))).isEmpty();
  }

  @Test
  void aNumberOfApprovalsIsEnough() {
    assertThat(gates("approvals: 1")).containsExactly(new ApprovalsGate(1, Optional.empty()));
    assertThat(gates("approvals: {count: 20}"))
        .containsExactly(new ApprovalsGate(20, Optional.empty()));
  }

  @Test
  void jsonManifestsHaveTheSameGates() {
    String text =
        """
        {"p": {"environments": [{"id": "stage"}, {"id": "prod", "promotion": {"from": "stage",
          "gates": {
            "drift_free": true, "approvals": 1,
            "verifications": [{"name": "errors", "prometheus":
              {"url": "http://prometheus:9090", "query": "errors", "at_most": 1e-2}}],
            "windows": [{"from": "00:00", "to": "24:00"}]}}}]}}
        """;
    assertThat(messages("a.json", text)).isEmpty();
    assertThat(readOnly("p", "a.json", text))
        .isEqualTo(readOnly("p", "a.yaml", text))
        .extracting(project -> project.environments().getLast().promotion().orElseThrow().gates())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(4);
  }

  @Test
  void aCalendarThatIsListedTwiceIsAskedOnce() {
    assertThat(gates("change_calendars: [a.b, a_b-c, a.b]"))
        .containsExactly(new ChangeCalendarsGate(List.of("a.b", "a_b-c")));
  }

  @Test
  void nothingSoaksUnderALabel() {
    String text =
        """
        soak: 0s
        drift_free: true
        verifications: [{name: v, http: {url: "http://a"}}]
        min_age: 1h
        """;
    assertThat(messages("a.yaml", fromLabel(text)))
        .extracting(GateTexts::shortened)
        .containsExactly(
            "error: 8.soak: found soak, with the label 'latest' as source; allowed: an environment"
                + " as source: a label is no environment, nothing soaks there",
            "error: 8.soak: found '0s'; allowed: a duration longer than 0s",
            "error: 9.drift_free: found drift_free, with the label 'latest' as source; allowed: an"
                + " environment as source: a label is no environment, nothing drifts there",
            "error: 10.verifications: found verifications, with the label 'latest' as source;"
                + " allowed: an environment as source: a label is no environment, nothing runs"
                + " there to be checked");
  }

  @Test
  void aSourceThatCannotBeReadIsNotTakenForALabel() {
    assertThat(messages("a.yaml", fromLabel("soak: 1h").replace("from: latest", "from: a/b")))
        .singleElement()
        .asString()
        .startsWith("error: a.yaml:6: p.environments[1].promotion.from: found 'a/b'");
  }

  @Test
  void allProblemsOfAllGatesAreReportedAtOnce() {
    String text =
        """
        soak: 0
        approvals: {count: 0, expires_after: 1d}
        windows:
          - {from: 25:00, to: 26:00}
          - {days: [], from: 09:00, to: 16:00}
        moon: full
        """;
    assertThat(problems(text))
        .extracting(problem -> problem.substring(0, problem.indexOf(": found")))
        .containsExactly(
            "error: 8.soak",
            "error: 9.approvals.count",
            "error: 9.approvals.expires_after",
            "error: 11.windows[0].from",
            "error: 11.windows[0].to",
            "error: 12.windows[1].days",
            "warning: 13.moon");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          soak: 0s                              | soak: found '0s'; allowed: a duration longer than 0s
          soak: 0                               | soak: found the number 0; allowed: a duration longer than 0s
          soak: 60                              | soak: found the number 60; allowed: a duration with its unit: 60s, 60m, 60h or 60d
          soak:                                 | soak: found nothing; allowed: a duration such as 30s, 10m, 1h30m, 1d or PT10M
          soak: {for: 1h}                       | soak: found a map; allowed: a duration such as 30s, 10m, 1h30m, 1d or PT10M
          soak: 367d                            | soak: found '367d'; allowed: a duration from 0s to 366d
          min_age: 0m                           | min_age: found '0m'; allowed: a duration longer than 0s
          min_interval: PT0S                    | min_interval: found 'PT0S'; allowed: a duration longer than 0s
          drift_free: yes                       | drift_free: found yes, which is read as a boolean; allowed: true or false, without quotes
          drift_free: "true"                    | drift_free: found 'true'; allowed: true or false, without quotes
          drift_free: {}                        | drift_free: found a map; allowed: true or false, without quotes
          drift_free:                           | drift_free: found nothing; allowed: true or false, without quotes
          approvals: 0                          | approvals: found the number 0; allowed: a whole number from 1 to 20
          approvals: 21                         | approvals: found the number 21; allowed: a whole number from 1 to 20
          approvals: 1.5                        | approvals: found the number 1.5; allowed: a whole number from 1 to 20
          approvals: -1                         | approvals: found the number -1; allowed: a whole number from 1 to 20
          approvals: two                        | approvals: found 'two'; allowed: a whole number from 1 to 20
          approvals:                            | approvals: found nothing; allowed: a whole number from 1 to 20
          approvals: yes                        | approvals: found yes, which is read as a boolean; allowed: a whole number from 1 to 20
          approvals: [alice]                    | approvals: found a list; allowed: a number of approvals, or a map with count and expire_after
          approvals: {expire_after: 7d}         | approvals.count: found nothing; allowed: a number of approvals
          approvals: {count: 1, expire_after: 0s} | approvals.expire_after: found '0s'; allowed: a duration longer than 0s
          approvals: {count: 1, expires_after: 7d} | approvals.expires_after: found an unknown key; allowed: count, expire_after (did you mean expire_after?)
          approvals: {count: 1, by: alice}      | approvals.by: found an unknown key; allowed: count, expire_after
          change_calendars: []                  | change_calendars: found an empty list; allowed: a list of 1 to 10 change calendars
          change_calendars: Releases            | change_calendars: found 'Releases'; allowed: a list of 1 to 10 change calendars
          change_calendars: [a1b, b1b, c1b, d1b, e1b, f1b, g1b, h1b, i1b, j1b, k1b] | change_calendars: found a list of 11; allowed: a list of 1 to 10 change calendars
          change_calendars: [ab]                | change_calendars[0]: found 'ab'; allowed: the name of an SSM document (3 to 128 letters, digits, '_', '.' or '-') or its ARN, such as arn:aws:ssm:eu-west-1:123456789012:document/Releases
          change_calendars: ["arn:aws:ssm:eu-west-1:12345:document/Releases"] | change_calendars[0]: found 'arn:aws:ssm:eu-west-1:12345:document/Releases'; allowed: the name of an SSM document (3 to 128 letters, digits, '_', '.' or '-') or its ARN, such as arn:aws:ssm:eu-west-1:123456789012:document/Releases
          budget: 4                             | budget: found the number 4; allowed: a map with deployments and per
          budget: {per: 1d}                     | budget.deployments: found nothing; allowed: a number of deployments
          budget: {deployments: 0, per: 1d}     | budget.deployments: found the number 0; allowed: a whole number from 1 to 30
          budget: {deployments: 31, per: 1d}    | budget.deployments: found the number 31; allowed: a whole number from 1 to 30
          budget: {deployments: 4}              | budget.per: found nothing; allowed: a duration such as 30s, 10m, 1h30m, 1d or PT10M
          budget: {deployments: 4, per: 0s}     | budget.per: found '0s'; allowed: a duration longer than 0s
          budget: {deployments: 4, per: 1d, every: 1h} | budget.every: found an unknown key; allowed: deployments, per
          stop: true                            | stop: found the gate 'stop'; allowed: 1 to 40 letters, digits, '_' or '-', other than mode, stop, hold, source_converged
          hold: true                            | hold: found the gate 'hold'; allowed: 1 to 40 letters, digits, '_' or '-', other than mode, stop, hold, source_converged
          source_converged: true                | source_converged: found the gate 'source_converged'; allowed: 1 to 40 letters, digits, '_' or '-', other than mode, stop, hold, source_converged
          """)
  void aGateThatCannotBeMeantIsRefused(String text, String problem) {
    assertThat(problems(text)).containsExactly("error: 8." + problem);
  }
}
