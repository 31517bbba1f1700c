package dev.onward.web.api.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.model.EnvironmentId;
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
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.replay.Replay;
import dev.onward.plan.replay.ReplayAssumptions;
import dev.onward.plan.replay.ReplayResult;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.ReleasePolicy;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.policy.gate.SoakGate;
import dev.onward.policy.gate.Window;
import dev.onward.policy.gate.WindowsGate;
import dev.onward.web.http.CommandRejectedException;
import jakarta.ws.rs.core.MediaType;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReplayTableTest {
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final EnvironmentId PROD = new EnvironmentId("prod");

  @Test
  void theTableShowsPolicyAndRealitySideBySide() {
    assertThat(ReplayTable.of(threeWeeks()))
        .isEqualTo(
            """
            Replay of storage from 2026-03-01 00:00 to 2026-03-21 00:00 UTC

            created (UTC)     release   description                               stage, policy     stage, really     prod, policy                    prod, really
            2026-03-02 08:05  a1a1a1a1  From latest: bags 1.1 → 1.2               2026-03-02 08:05  2026-03-02 08:30  2026-03-02 10:05                2026-03-04 13:00
            2026-03-03 09:00  b2b2b2b2  From latest: bags 1.2 → 1.3, ingests 7 …  2026-03-03 09:00  2026-03-03 09:20  superseded by c3c3c3c3          -
            2026-03-03 10:30  c3c3c3c3  From latest: bags 1.3 → 1.4               2026-03-03 10:30  2026-03-03 11:00  2026-03-03 12:30                2026-03-06 16:45
            2026-03-12 15:10  d4d4d4d4  prepared by hand                          2026-03-12 15:10  2026-03-12 15:30  2026-03-16 09:00                2026-03-13 09:00
            2026-03-17 08:00  e5e5e5e5  From latest: bags 1.4 → 1.5               2026-03-17 08:00  -                 2026-03-17 10:00                -
            2026-03-20 23:00  f6f6f6f6  From latest: bags 1.5 → 1.6               2026-03-20 23:00  -                 held: soak, approvals, windows  -

            environment          deployments  median       longest
            stage        policy  6            0 s          0 s
                         really  4            22 min 30 s  30 min
            prod         policy  4            2 h          3 d 17 h
                         really  3            2 d 4 h      3 d 6 h

            At the end:
              stage  in sync with latest
              prod   behind stage, which has the newer release f6f6f6f6

            Held at the end:
              f6f6f6f6  prod  soaking in stage: 1 h of 2 h, ready at 01:00 UTC; no approval yet, 1 needed; outside of the windows; the next one opens Mon 09:00 Europe/London (Mon 09:00 UTC)

            Assumed:
              Every candidate is approved after 1 h 30 min.
              People deploy nothing: the result is what automation alone would have done.
              Change calendars are open, and checks of a source environment always pass.
              There are no holds, freezes, stops or rejections.
              Parameters are written as soon as a deployment is recorded, and never drift.

            Note:
              Items of the releases table that are no releases and were left out: 2.
            """);
  }

  @Test
  void theViewTellsTheSame() {
    ReplayView view = ReplayView.of(threeWeeks());
    assertThat(view.releases()).hasSize(6);
    assertThat(view.environments())
        .extracting(ReplayView.Summary::id)
        .containsExactly("stage", "prod");
    assertThat(view.releases().getLast().environments())
        .extracting(ReplayView.InEnvironment::fate)
        .containsExactly("deployed", "held");
    var prod = view.releases().getLast().environments().getLast();
    assertThat(prod.heldBy())
        .extracting(ReplayView.HoldingGate::gate)
        .containsExactly("soak", "approvals", "windows");
    assertThat(prod.reallyDeployedAt()).isEmpty();
  }

  @Test
  void whatPeopleWroteCannotBreakTheTable() {
    var odd = release("0dd", "2026-03-02T09:00:00Z", "two\nlines \u001b[31mred", Map.of());
    assertThat(table(odd)).contains("two lines  [31mred").doesNotContain("\u001b");
    var emoji = release("e", "2026-03-02T09:00:00Z", "\uD83D\uDE80".repeat(41), Map.of());
    assertThat(table(emoji)).contains("\uD83D\uDE80".repeat(39) + "…").doesNotContain("\uFFFD");
  }

  @Test
  void theAnswerIsWhatTheCallerPrefers() {
    ReplayResult result = threeWeeks();
    MediaType any = MediaType.WILDCARD_TYPE;
    assertThat(ReplayResource.answer(result, List.of(any)).getMediaType())
        .isEqualTo(MediaType.APPLICATION_JSON_TYPE);
    assertThat(ReplayResource.answer(result, List.of(MediaType.TEXT_PLAIN_TYPE, any)).getEntity())
        .isEqualTo(ReplayTable.of(result));
  }

  @Test
  void aManifestThatDoesNotSayWhatItIsIsRefused() {
    assertThatExceptionOfType(CommandRejectedException.class)
        .isThrownBy(() -> ReplayResource.refuseUntyped(Optional.of("a: b"), Optional.empty()))
        .withMessageContaining("application/yaml");
    ReplayResource.refuseUntyped(Optional.empty(), Optional.empty());
    ReplayResource.refuseUntyped(
        Optional.of("a: b"), Optional.of(MediaType.valueOf("application/yaml")));
  }

  private static String table(Release release) {
    return ReplayTable.of(
        Replay.of(
            desired(),
            List.of(release),
            Instant.parse("2026-03-02T00:00:00Z"),
            Instant.parse("2026-03-03T00:00:00Z"),
            ReplayAssumptions.AUTOMATION_ALONE,
            () -> {}));
  }

  private static ReplayResult threeWeeks() {
    return Replay.of(
            desired(),
            List.of(
                release(
                    "0ld00000-1",
                    "2026-02-25T10:00:00Z",
                    "From latest: bags 1.0 → 1.1",
                    Map.of(STAGE, "2026-02-25T10:05:00Z", PROD, "2026-02-26T11:00:00Z")),
                release(
                    "a1a1a1a1-1",
                    "2026-03-02T08:05:00Z",
                    "From latest: bags 1.1 → 1.2",
                    Map.of(STAGE, "2026-03-02T08:30:00Z", PROD, "2026-03-04T13:00:00Z")),
                release(
                    "b2b2b2b2-1",
                    "2026-03-03T09:00:00Z",
                    "From latest: bags 1.2 → 1.3, ingests 7 → 8, mets added at 1",
                    Map.of(STAGE, "2026-03-03T09:20:00Z")),
                release(
                    "c3c3c3c3-1",
                    "2026-03-03T10:30:00Z",
                    "From latest: bags 1.3 → 1.4",
                    Map.of(STAGE, "2026-03-03T11:00:00Z", PROD, "2026-03-06T16:45:00Z")),
                release(
                    "d4d4d4d4-1",
                    "2026-03-12T15:10:00Z",
                    "prepared by hand",
                    Map.of(STAGE, "2026-03-12T15:30:00Z", PROD, "2026-03-13T09:00:00Z")),
                release(
                    "e5e5e5e5-1", "2026-03-17T08:00:00Z", "From latest: bags 1.4 → 1.5", Map.of()),
                release(
                    "f6f6f6f6-1", "2026-03-20T23:00:00Z", "From latest: bags 1.5 → 1.6", Map.of())),
            Instant.parse("2026-03-01T00:00:00Z"),
            Instant.parse("2026-03-21T00:00:00Z"),
            new ReplayAssumptions(Optional.of(Duration.ofMinutes(90)), false),
            () -> {})
        .noting(List.of("Items of the releases table that are no releases and were left out: 2."));
  }

  private static DesiredState desired() {
    var days = new TreeSet<>(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY));
    return new DesiredState(
        new ProjectId("storage"),
        "Storage service",
        Optional.empty(),
        ReleasePolicy.DEFAULT,
        List.of(
            environment(STAGE, new Label("latest")),
            environment(
                PROD,
                STAGE,
                new SoakGate(Duration.ofHours(2)),
                new ApprovalsGate(1, Optional.empty()),
                new WindowsGate(
                    List.of(
                        new Window(
                            days,
                            LocalTime.of(9, 0),
                            LocalTime.of(16, 0),
                            ZoneId.of("Europe/London")))))));
  }

  private static DesiredEnvironment environment(EnvironmentId id, Source from, Gate... gates) {
    return new DesiredEnvironment(
        id,
        id.value(),
        Optional.of(new PromotionPolicy(from, PromotionMode.AUTO, List.of(gates))),
        DriftPolicy.REPORT);
  }

  private static Release release(
      String id, String at, String description, Map<EnvironmentId, String> deployed) {
    var alice = new Requester("alice", "Alice");
    var images = new TreeMap<ServiceId, ImageRef>();
    images.put(new ServiceId("bags"), new ImageRef("example.com/bags:" + id));
    return new Release(
        new ReleaseId(id),
        new ProjectId("storage"),
        "Storage service",
        Instant.parse(at),
        Optional.empty(),
        description,
        alice,
        ImageSet.of(images),
        ReleaseManifest.NONE,
        deployed.entrySet().stream()
            .map(
                entry ->
                    new Deployment(
                        Optional.empty(),
                        Instant.parse(entry.getValue()),
                        "by hand",
                        entry.getKey(),
                        entry.getKey().value(),
                        alice))
            .toList());
  }
}
