package dev.onward.plan.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.SourceSync;
import dev.onward.plan.SourceSync.Status;
import dev.onward.plan.replay.ReplayResult.Figures;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.ReleasePolicy;
import dev.onward.policy.Verdict;
import dev.onward.policy.Verification;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.ChangeCalendarsGate;
import dev.onward.policy.gate.DeploymentBudgetGate;
import dev.onward.policy.gate.MinIntervalGate;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.policy.gate.SoakGate;
import dev.onward.policy.gate.VerificationsGate;
import dev.onward.policy.gate.Window;
import dev.onward.policy.gate.WindowsGate;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final ProjectId PROJECT = new ProjectId("storage");
  private static final Label LATEST = new Label("latest");
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final EnvironmentId PROD = new EnvironmentId("prod");
  private static final Requester ALICE = new Requester("alice", "Alice");

  /** A Monday. */
  private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");

  private static final Instant TO = Instant.parse("2026-03-16T00:00:00Z");

  private static final SoakGate SOAK = new SoakGate(Duration.ofHours(2));
  private static final WindowsGate OFFICE_HOURS =
      new WindowsGate(
          List.of(
              new Window(
                  new TreeSet<>(List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.THURSDAY)),
                  LocalTime.of(10, 0),
                  LocalTime.of(16, 0),
                  ZoneId.of("UTC"))));
  private static final ApprovalsGate APPROVAL = new ApprovalsGate(2, Optional.empty());

  private final List<Release> recorded = new ArrayList<>();
  private ReplayAssumptions assumptions = ReplayAssumptions.AUTOMATION_ALONE;
  private DesiredState desired = desired(PromotionMode.AUTO, SOAK, OFFICE_HOURS);
  private int mostSteps = Replay.MOST_STEPS;
  private Runnable checkpoint = () -> {};

  @Test
  void stageWouldHaveFollowedEveryReleaseAtOnce() {
    released("a", "2026-03-02T08:00:00Z");
    released("b", "2026-03-03T22:17:05.123Z");
    assertThat(outcome("a", STAGE)).isEqualTo(deployed("2026-03-02T08:00:00Z"));
    assertThat(outcome("b", STAGE)).isEqualTo(deployed("2026-03-03T22:17:05.123Z"));
  }

  @Test
  void atTheEndAnEnvironmentIsInSyncWithItsSourceOrSaidNotToBe() {
    released("a", "2026-03-02T08:00:00Z");
    released("b", "2026-03-05T08:00:00Z");
    deployed("a", STAGE, "2026-03-12T08:00:00Z", ALICE);
    assertThat(sync(PROD)).isEqualTo(new SourceSync(Status.IN_SYNC, "in sync with stage"));
    assumptions = new ReplayAssumptions(Optional.empty(), true);
    assertThat(sync(STAGE).status()).isEqualTo(Status.BEHIND);
    assertThat(sync(PROD))
        .isEqualTo(
            new SourceSync(Status.AHEAD, "ahead of stage, which was rolled back from b to a"));
  }

  private SourceSync sync(EnvironmentId environment) {
    return result().environments().stream()
        .filter(it -> it.environment().equals(environment))
        .findFirst()
        .flatMap(ReplayResult.Summary::sync)
        .orElseThrow();
  }

  @Test
  void prodWouldHaveTakenAReleaseAsSoonAsItHadSoaked() {
    released("a", "2026-03-02T09:15:00Z");
    assertThat(outcome("a", PROD)).isEqualTo(deployed("2026-03-02T11:15:00Z"));
  }

  @Test
  void whatSoakedAtNightWouldHaveGoneWhenTheWindowOpened() {
    released("a", "2026-03-05T15:00:00Z");
    assertThat(outcome("a", PROD)).isEqualTo(deployed("2026-03-09T10:00:00Z"));
  }

  @Test
  void aReleaseSupersededBeforeItSoakedWouldNeverHaveGone() {
    released("a", "2026-03-02T10:00:00Z");
    released("b", "2026-03-02T11:00:00Z");
    assertThat(outcome("a", PROD))
        .isEqualTo(
            new ReplayFate.Superseded(new ReleaseId("b"), Instant.parse("2026-03-02T13:00:00Z")));
  }

  @Test
  void anOlderReleaseThatSoakedWouldHaveGoneWhileANewerOneStillSoaked() {
    released("a", "2026-03-02T05:00:00Z");
    released("b", "2026-03-02T09:00:00Z");
    assertThat(outcome("a", PROD)).isEqualTo(deployed("2026-03-02T10:00:00Z"));
    assertThat(outcome("b", PROD)).isEqualTo(deployed("2026-03-02T11:00:00Z"));
  }

  @Test
  void whatIsHeldAtTheEndSaysWhy() {
    desired = desired(PromotionMode.AUTO, SOAK, APPROVAL, OFFICE_HOURS);
    released("a", "2026-03-15T23:00:00Z");
    assertThat(held("a"))
        .containsExactly(
            "soaking in stage: 1 h of 2 h, ready at 01:00 UTC",
            "no approval yet, 2 needed",
            "outside of the windows; the next one opens Mon 10:00 UTC");
  }

  @Test
  void approvalsComeSoLongAfterAReleaseBecameTheCandidate() {
    desired = desired(PromotionMode.AUTO, APPROVAL);
    assumptions = new ReplayAssumptions(Optional.of(Duration.ofMinutes(30)), false);
    released("a", "2026-03-02T08:00:00Z");
    released("b", "2026-03-02T08:20:00Z");
    assertThat(outcome("a", PROD)).isEqualTo(deployed("2026-03-02T08:30:00Z"));
    assertThat(outcome("b", PROD)).isEqualTo(deployed("2026-03-02T08:50:00Z"));
  }

  @Test
  void approvalsCanComeAtOnce() {
    desired = desired(PromotionMode.AUTO, APPROVAL);
    assumptions = new ReplayAssumptions(Optional.of(Duration.ZERO), false);
    released("a", "2026-03-02T08:00:00Z");
    assertThat(outcome("a", PROD)).isEqualTo(deployed("2026-03-02T08:00:00Z"));
  }

  @Test
  void anApprovalThatExpiresBeforeTheWindowOpensIsNotGivenAgain() {
    desired =
        desired(
            PromotionMode.AUTO,
            new ApprovalsGate(1, Optional.of(Duration.ofHours(8))),
            OFFICE_HOURS);
    assumptions = new ReplayAssumptions(Optional.of(Duration.ofMinutes(5)), false);
    released("a", "2026-03-02T17:00:00Z");
    assertThat(held("a"))
        .anySatisfy(reason -> assertThat(reason).contains("that of person 1 has lapsed"));
  }

  @Test
  void checksPassAsLongAsAReleaseIsInTheSource() {
    var check =
        new Verification(
            "smoke",
            new Verification.Http(URI.create("https://stage.example.com"), 200, Optional.empty()),
            Duration.ofHours(3),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));
    desired = desired(PromotionMode.AUTO, new VerificationsGate(List.of(check)));
    released("a", "2026-03-02T08:00:00Z");
    released("b", "2026-03-02T10:00:00Z");
    assertThat(outcome("a", PROD))
        .isEqualTo(
            new ReplayFate.Superseded(new ReleaseId("b"), Instant.parse("2026-03-02T13:00:00Z")));
    assertThat(outcome("b", PROD)).isEqualTo(deployed("2026-03-02T13:00:00Z"));
  }

  @Test
  void changeCalendarsAreOpen() {
    desired = desired(PromotionMode.AUTO, new ChangeCalendarsGate(List.of("holidays")));
    released("a", "2026-03-02T08:00:00Z");
    assertThat(outcome("a", PROD)).isEqualTo(deployed("2026-03-02T08:00:00Z"));
  }

  @Test
  void theBudgetCountsWhatWasDeployedBeforeTheBeginning() {
    desired = desired(PromotionMode.AUTO, new DeploymentBudgetGate(1, Duration.ofDays(1)));
    released("old", "2026-03-01T17:00:00Z");
    deployed("old", STAGE, "2026-03-01T17:00:00Z", ALICE);
    deployed("old", PROD, "2026-03-01T18:00:00Z", ALICE);
    released("a", "2026-03-02T08:00:00Z");
    assertThat(outcome("a", PROD)).isEqualTo(deployed("2026-03-02T18:00:00Z"));
  }

  @Test
  void whatWaitedAtTheBeginningGoesThen() {
    released("old", "2026-02-27T12:00:00Z");
    released("newer", "2026-02-28T12:00:00Z");
    deployed("old", STAGE, "2026-02-27T12:00:00Z", ALICE);
    deployed("old", PROD, "2026-03-01T12:00:00Z", ALICE);
    assertThat(outcome("newer", STAGE)).isEqualTo(new ReplayFate.Deployed(FROM, false));
    assertThat(outcome("newer", PROD)).isEqualTo(deployed("2026-03-02T10:00:00Z"));
    assertThat(result().releases())
        .extracting(row -> row.release().id().value())
        .containsExactly("newer");
  }

  @Test
  void theOldToolsReleasesCountAsTheLabelsOwn() {
    add("a", "2026-03-02T08:00:00Z", ReleaseManifest.NONE);
    released("b", "2026-03-03T08:00:00Z");
    assertThat(outcome("a", STAGE)).isEqualTo(deployed("2026-03-02T08:00:00Z"));
    assertThat(outcome("b", STAGE)).isEqualTo(deployed("2026-03-03T08:00:00Z"));
  }

  @Test
  void aComposedReleaseIsForPeopleOnly() {
    var origins = new TreeMap<ServiceId, ImageOrigin>();
    var bags = new ServiceId("bags");
    origins.put(
        bags,
        new ImageOrigin(image("x"), "/storage/images/latest/bags", 1, FROM, Optional.empty()));
    add(
        "a",
        "2026-03-02T08:00:00Z",
        new ReleaseManifest(Optional.empty(), Optional.empty(), origins));
    assertThat(outcome("a", STAGE)).isEqualTo(new ReplayFate.NotConsidered("has no label"));
    assertThat(outcome("a", PROD)).isEqualTo(new ReplayFate.NotConsidered("was never in stage"));
  }

  @Test
  void aLabelThatTheManifestDoesNotWatchIsNoted() {
    add(
        "a",
        "2026-03-02T08:00:00Z",
        new ReleaseManifest(Optional.of(new Label("v2")), Optional.empty(), new TreeMap<>()));
    assertThat(outcome("a", STAGE)).isEqualTo(new ReplayFate.NotConsidered("has label v2"));
    assertThat(result().notes())
        .containsExactly("Releases cut from 'v2', which this manifest does not watch: 1.");
  }

  @Test
  void peoplesDeploymentsAreShownBesideWhatAutomationAloneWouldHaveDone() {
    released("a", "2026-03-02T08:00:00Z");
    deployed("a", PROD, "2026-03-02T09:00:00Z", ALICE);
    var cell = cell("a", PROD);
    assertThat(cell.policy()).isEqualTo(deployed("2026-03-02T10:00:00Z"));
    assertThat(cell.really()).containsExactly(Instant.parse("2026-03-02T09:00:00Z"));
  }

  @Test
  void withPeopleTheirDeploymentsAreMadeAndHeeded() {
    assumptions = new ReplayAssumptions(Optional.empty(), true);
    released("a", "2026-03-02T05:00:00Z");
    released("b", "2026-03-02T08:00:00Z");
    released("c", "2026-03-02T12:00:00Z");
    deployed("a", PROD, "2026-03-02T09:00:00Z", ALICE);
    assertThat(outcome("a", PROD))
        .isEqualTo(new ReplayFate.Deployed(Instant.parse("2026-03-02T09:00:00Z"), true));
    assertThat(outcome("b", PROD))
        .as("a person deployed an older one after it was created")
        .isEqualTo(
            new ReplayFate.Superseded(new ReleaseId("c"), Instant.parse("2026-03-02T14:00:00Z")));
    assertThat(outcome("c", PROD)).isEqualTo(deployed("2026-03-02T14:00:00Z"));
  }

  @Test
  void onwardsOwnRecordedDeploymentsAreNoPersons() {
    assumptions = new ReplayAssumptions(Optional.empty(), true);
    released("a", "2026-03-02T08:00:00Z");
    deployed("a", PROD, "2026-03-02T08:00:00Z", Requester.ONWARD);
    assertThat(outcome("a", PROD)).isEqualTo(deployed("2026-03-02T10:00:00Z"));
  }

  @Test
  void aManualEnvironmentWaitsForPeople() {
    desired = desired(PromotionMode.MANUAL, SOAK);
    released("a", "2026-03-02T08:00:00Z");
    assertThat(held("a")).containsExactly("prod is promoted by hand: the policy's mode is manual");
  }

  @Test
  void figuresCompareThePolicyWithWhatReallyHappened() {
    released("a", "2026-03-02T08:00:00Z");
    released("b", "2026-03-03T08:00:00Z");
    released("c", "2026-03-05T15:00:00Z");
    deployed("a", PROD, "2026-03-02T09:00:00Z", ALICE);
    deployed("b", PROD, "2026-03-03T13:00:00Z", ALICE);
    deployed("a", PROD, "2026-03-04T09:00:00Z", ALICE);
    var prod = result().environments().get(1);
    assertThat(prod.policy())
        .isEqualTo(
            new Figures(3, Optional.of(Duration.ofHours(2)), Optional.of(Duration.ofHours(91))));
    assertThat(prod.really())
        .as("going back to a release is a deployment, but says nothing of how soon it came")
        .isEqualTo(
            new Figures(3, Optional.of(Duration.ofHours(3)), Optional.of(Duration.ofHours(5))));
  }

  @Test
  void tooMuchToReplaySaysHowFarItCame() {
    released("a", "2026-03-02T08:00:00Z");
    released("b", "2026-03-03T08:00:00Z");
    mostSteps = 2;
    ReplayResult result = result();
    assertThat(result.complete()).isFalse();
    assertThat(result.endedAt()).isEqualTo("2026-03-02T08:00:00Z");
    assertThat(result.notes())
        .containsExactly(
            "The replay stopped early at 2026-03-02T08:00:00Z: too many events. Choose a shorter period.");
  }

  @Test
  void aReplayEndsAtTheCheckpointThatSaysSo() {
    released("a", "2026-03-02T08:00:00Z");
    released("b", "2026-03-03T08:00:00Z");
    var passed = new AtomicInteger();
    checkpoint = passed::incrementAndGet;
    result();
    int all = passed.get();
    assertThat(all).as("one a step and one a row").isEqualTo(5 + 2);
    for (int end = 1; end <= all; end++) {
      var left = new AtomicInteger(end);
      checkpoint =
          () -> {
            if (left.decrementAndGet() == 0) {
              throw new CancellationException();
            }
          };
      assertThatThrownBy(this::result).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void theEndMustComeAfterTheBeginning() {
    assertThatThrownBy(() -> Replay.of(desired, List.of(), TO, FROM, assumptions, () -> {}))
        .isInstanceOf(InvalidValueException.class);
  }

  /** A failure names its seed; {@code -Dtest.seed=…} replays that one alone. */
  @Test
  void noReplayEverDeploysOutsideOfAWindowOrGoesBackwards() {
    Optional<Long> again = Optional.ofNullable(Long.getLong("test.seed"));
    long first = again.orElseGet(System::nanoTime);
    for (long seed = first; seed < first + (again.isPresent() ? 1 : 20); seed++) {
      try {
        check(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("replay with -Dtest.seed=" + seed, e);
      }
    }
  }

  private void check(Random random) {
    recorded.clear();
    for (Instant at = FROM; at.isBefore(TO); ) {
      at = at.plusSeconds(random.nextInt(30 * 3600));
      String id = "r" + recorded.size();
      if (random.nextBoolean()) {
        released(id, at.toString());
      } else {
        add(id, at.toString(), ReleaseManifest.NONE);
      }
      if (random.nextInt(3) == 0) {
        deployed(id, random.nextBoolean() ? STAGE : PROD, at.plusSeconds(5000).toString(), ALICE);
      }
    }
    var gates = new ArrayList<Gate>(List.of(OFFICE_HOURS));
    if (random.nextBoolean()) {
      gates.add(new SoakGate(Duration.ofMinutes(1 + random.nextInt(1000))));
    }
    if (random.nextBoolean()) {
      gates.add(new MinIntervalGate(Duration.ofMinutes(1 + random.nextInt(1000))));
    }
    if (random.nextBoolean()) {
      gates.add(new DeploymentBudgetGate(1 + random.nextInt(3), Duration.ofDays(1)));
    }
    if (random.nextBoolean()) {
      gates.add(APPROVAL);
    }
    desired = desired(PromotionMode.AUTO, gates.toArray(Gate[]::new));
    assumptions =
        new ReplayAssumptions(Optional.of(Duration.ofMinutes(random.nextInt(300))), false);
    ReplayResult result = result();
    assertThat(result.complete()).isTrue();
    assertThat(result()).as("the same twice").isEqualTo(result);
    for (EnvironmentId environment : List.of(STAGE, PROD)) {
      Instant last = Instant.MIN;
      for (ReplayResult.Row row : result.releases()) {
        if (row.cells().get(environment).policy() instanceof ReplayFate.Deployed(Instant at, _)) {
          assertThat(at).as("oldest first").isAfterOrEqualTo(last);
          assertThat(at).isAfterOrEqualTo(row.release().createdAt());
          last = at;
          assertThat(environment.equals(STAGE) || isInOfficeHours(at)).as("%s", at).isTrue();
        }
      }
    }
  }

  private static boolean isInOfficeHours(Instant at) {
    var there = at.atZone(ZoneId.of("UTC"));
    Window window = OFFICE_HOURS.windows().getFirst();
    return window.days().contains(there.getDayOfWeek())
        && !there.toLocalTime().isBefore(window.from())
        && there.toLocalTime().isBefore(window.to());
  }

  private ReplayResult result() {
    return Replay.of(desired, recorded, FROM, TO, assumptions, checkpoint, mostSteps);
  }

  private ReplayResult.Cell cell(String id, EnvironmentId environment) {
    return result().releases().stream()
        .filter(row -> row.release().id().value().equals(id))
        .findFirst()
        .orElseThrow()
        .cells()
        .get(environment);
  }

  private ReplayFate outcome(String id, EnvironmentId environment) {
    return cell(id, environment).policy();
  }

  private List<String> held(String id) {
    assertThat(outcome(id, PROD)).isInstanceOf(ReplayFate.Held.class);
    return ((ReplayFate.Held) outcome(id, PROD)).verdicts().stream().map(Verdict::reason).toList();
  }

  private static ReplayFate deployed(String at) {
    return new ReplayFate.Deployed(Instant.parse(at), false);
  }

  private void released(String id, String at) {
    add(id, at, new ReleaseManifest(Optional.of(LATEST), Optional.empty(), new TreeMap<>()));
  }

  private void add(String id, String at, ReleaseManifest manifest) {
    var images = new TreeMap<ServiceId, ImageRef>();
    images.put(new ServiceId("bags"), image(id));
    recorded.add(
        new Release(
            new ReleaseId(id),
            PROJECT,
            "Storage service",
            Instant.parse(at),
            Optional.empty(),
            "build " + id,
            ALICE,
            ImageSet.of(images),
            manifest,
            List.of()));
  }

  private void deployed(String id, EnvironmentId environment, String at, Requester by) {
    recorded.replaceAll(
        release -> {
          if (!release.id().value().equals(id)) {
            return release;
          }
          var deployments = new ArrayList<>(release.deployments());
          deployments.add(
              new Deployment(
                  Optional.empty(), Instant.parse(at), "", environment, environment.value(), by));
          return new Release(
              release.id(),
              release.project(),
              release.projectName(),
              release.createdAt(),
              release.lastDeployedAt(),
              release.description(),
              release.requestedBy(),
              release.images(),
              release.manifest(),
              deployments);
        });
  }

  private static ImageRef image(String tag) {
    return new ImageRef("example.com/bags:" + tag);
  }

  private static DesiredState desired(PromotionMode prodMode, Gate... prodGates) {
    return new DesiredState(
        PROJECT,
        "Storage service",
        Optional.empty(),
        ReleasePolicy.DEFAULT,
        List.of(
            environment(STAGE, LATEST, PromotionMode.AUTO),
            environment(PROD, STAGE, prodMode, prodGates)));
  }

  private static DesiredEnvironment environment(
      EnvironmentId id, Source from, PromotionMode mode, Gate... gates) {
    return new DesiredEnvironment(
        id,
        id.value(),
        Optional.of(new PromotionPolicy(from, mode, List.of(gates))),
        DriftPolicy.REPORT);
  }
}
