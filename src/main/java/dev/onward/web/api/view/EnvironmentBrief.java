package dev.onward.web.api.view;

import dev.onward.model.release.DeployedRelease;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.Words;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An environment at a glance.
 *
 * @param state {@code unknown} until Onward has looked; else {@code empty}, {@code unmanaged},
 *     {@code in_sync}, {@code behind}, {@code ahead}, {@code diverged}, {@code promoting}, {@code
 *     held}, {@code paused} or {@code converging}
 * @param summary the same in a sentence
 * @param sync how the release relates to the one that its source has: {@code in_sync}, {@code
 *     behind}, {@code ahead} or {@code diverged}; absent without a source to compare with
 * @param release the id of the release that is deployed
 * @param rejected whether an operator has rejected that release
 * @param releasesBehind how many releases of its source are newer; not those that the source went
 *     back from
 * @param behindSince when the oldest of those became available
 * @param parametersDrifted how many services' parameters are not as deployed
 */
record EnvironmentBrief(
    String id,
    String name,
    String state,
    String summary,
    Optional<String> sync,
    Optional<String> release,
    boolean rejected,
    Optional<Instant> deployedAt,
    int releasesBehind,
    Optional<Instant> behindSince,
    int parametersDrifted) {

  static List<EnvironmentBrief> allOf(ProjectStatus status) {
    return status.desired().environments().stream().map(desired -> of(status, desired)).toList();
  }

  static EnvironmentBrief of(ProjectStatus status, DesiredEnvironment desired) {
    return status
        .explanation(desired.id())
        .map(EnvironmentBrief::of)
        .orElseGet(() -> unknown(desired));
  }

  private static EnvironmentBrief of(EnvironmentExplanation it) {
    return new EnvironmentBrief(
        it.environment().value(),
        it.name(),
        Words.of(it.state()),
        it.summary(),
        it.sync().map(sync -> Words.of(sync.status())),
        it.current().map(current -> current.release().value()),
        it.rejection().isPresent(),
        it.current().map(DeployedRelease::deployedAt),
        it.behind().releases(),
        it.behind().since(),
        it.drift().size());
  }

  private static EnvironmentBrief unknown(DesiredEnvironment desired) {
    return new EnvironmentBrief(
        desired.id().value(),
        desired.name(),
        "unknown",
        "not evaluated yet",
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        0,
        Optional.empty(),
        0);
  }
}
