package dev.onward.web.api.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.web.http.FieldError;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplayLimitsTest {
  @Test
  void asManyEnvironmentsAsMayBeAreReplayed() {
    assertThat(refused(chained(ReplayLimits.ENVIRONMENTS), 500)).isEmpty();
  }

  @Test
  void moreEnvironmentsAreRefused() {
    assertThat(refused(chained(60), 500))
        .containsExactly(
            new FieldError("storage.environments", "60 environments", "up to 50 in a replay"));
  }

  @Test
  void moreGatesOfAnEnvironmentAreRefused() {
    String gates =
        IntStream.rangeClosed(0, ReplayLimits.GATES)
            .mapToObj("g%d: true"::formatted)
            .collect(Collectors.joining(", "));
    assertThat(
            refused(
                "{id: stage, promotion: {from: latest}}, {id: prod, promotion: {from: stage, gates: {"
                    + gates
                    + "}}}",
                500))
        .containsExactly(
            new FieldError(
                "storage.environments[1].promotion.gates", "21 gates", "up to 20 in a replay"));
  }

  @Test
  void moreLabelsAreRefused() {
    String environments =
        IntStream.range(0, ReplayLimits.LABELS)
            .mapToObj("{id: e%1$d, promotion: {from: label-%1$d}}"::formatted)
            .collect(Collectors.joining(", "));
    assertThat(refused(environments, 500))
        .containsExactly(
            new FieldError(
                "storage.environments",
                "11 labels that releases are taken from",
                "up to 10 in a replay"));
  }

  @Test
  void moreReleasesThanTheEnvironmentsLeaveRoomForAreRefused() {
    assertThat(refused(chained(12), ReplayRequest.MAX_LIMIT)).isEmpty();
    assertThat(refused(chained(20), ReplayRequest.MAX_LIMIT))
        .containsExactly(
            new FieldError("limit", "2000 releases with 20 environments", "up to 1250 releases"));
  }

  private static String chained(int environments) {
    return IntStream.range(0, environments)
        .mapToObj(
            i -> "{id: e%d, promotion: {from: %s}}".formatted(i, i == 0 ? "latest" : "e" + (i - 1)))
        .collect(Collectors.joining(", "));
  }

  private static List<FieldError> refused(String environments, int releases) {
    Manifests read =
        Manifests.ofText(
            "body.yaml", "storage: {name: S, environments: [%s]}".formatted(environments));
    return switch (ReplayManifest.of(new ProjectId("storage"), read).within(releases)) {
      case ReplayManifest.Usable _ -> List.of();
      case ReplayManifest.Unusable unusable -> unusable.errors();
    };
  }
}
