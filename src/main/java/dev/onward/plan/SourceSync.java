package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the release that an environment has relates to the one that its source has now.
 *
 * <p>A source's line is every release of the label that its releases come from in the end, and
 * whatever else the source itself has had. The old tool's releases do not say where they come from:
 * they count as being of every line, and are older or newer by their dates.
 *
 * @param sentence for people, without a capital and a full stop
 */
public record SourceSync(Status status, String sentence) {

  /** The relation in a word. */
  public enum Status {
    /** Both have the same release. */
    IN_SYNC,
    /** The source has a newer one. */
    BEHIND,
    /** The environment has one that its source no longer has, or does not have yet. */
    AHEAD,
    /** The environment's release is not of its source's line. */
    DIVERGED
  }

  /**
   * Of an environment that has something, or whose source has; absent without a source too.
   *
   * @param current what the environment has
   */
  static Optional<SourceSync> of(
      DesiredState project,
      DesiredEnvironment desired,
      Optional<DeployedRelease> current,
      ObservedState observed) {
    return desired
        .promotion()
        .map(PromotionPolicy::from)
        .flatMap(from -> new Comparison(project, from, observed).of(current));
  }

  /** A release that is somewhere now, as far as heads tell. */
  private record There(ReleaseId release, Instant createdAt) {
    boolean newerThan(DeployedRelease other) {
      int byDate = createdAt.compareTo(other.releaseCreatedAt());
      return byDate > 0 || (byDate == 0 && release.compareTo(other.release()) > 0);
    }
  }

  private record Comparison(DesiredState project, Source from, ObservedState observed) {

    Optional<SourceSync> of(Optional<DeployedRelease> current) {
      Optional<There> there = there();
      if (current.isEmpty()) {
        return there.map(it -> behind(it));
      }
      return Optional.of(there.map(it -> of(current.get(), it)).orElseGet(() -> ofNothing()));
    }

    private SourceSync of(DeployedRelease current, There there) {
      if (current.release().equals(there.release())) {
        return new SourceSync(Status.IN_SYNC, "in sync with %s".formatted(from));
      }
      Optional<String> foreign = foreign(current.release());
      if (foreign.isPresent()) {
        return new SourceSync(
            Status.DIVERGED,
            "diverged from %s: release %s %s"
                .formatted(from, current.release().shortForm(), foreign.get()));
      }
      return there.newerThan(current) ? behind(there) : ahead(current, there);
    }

    private SourceSync behind(There there) {
      String lost =
          observed.release(there.release()).isPresent() ? "" : ", which the releases table lacks";
      return new SourceSync(
          Status.BEHIND,
          "behind %s, which has the newer release %s%s"
              .formatted(from, there.release().shortForm(), lost));
    }

    private SourceSync ahead(DeployedRelease current, There there) {
      return new SourceSync(
          Status.AHEAD,
          wasThere(current.release())
              ? "ahead of %s, which went back from %s to %s"
                  .formatted(from, current.release().shortForm(), there.release().shortForm())
              : "ahead of %s, which has the older release %s"
                  .formatted(from, there.release().shortForm()));
    }

    private SourceSync ofNothing() {
      return new SourceSync(Status.AHEAD, "ahead of %s, which has no release yet".formatted(from));
    }

    private Optional<There> there() {
      return switch (from) {
        case Label label ->
            observed.label(label).head().map(it -> new There(it.release(), it.releaseCreatedAt()));
        case EnvironmentId id ->
            observed
                .environment(id)
                .head()
                .flatMap(EnvironmentHead::current)
                .map(it -> new There(it.release(), it.releaseCreatedAt()));
      };
    }

    /** Why a release is not of the source's line, after its name; empty if it is. */
    private Optional<String> foreign(ReleaseId id) {
      Optional<Release> release = observed.release(id);
      if (release.isEmpty() || wasThere(id)) {
        return Optional.empty();
      }
      Optional<Label> label = release.get().manifest().label();
      if (label.isPresent()) {
        return line().contains(label.get())
            ? Optional.empty()
            : Optional.of("was cut from '%s'".formatted(label.get()));
      }
      boolean composed =
          DeterministicId.isOurs(id) || !release.get().manifest().services().isEmpty();
      return composed ? Optional.of("was put together by a person") : Optional.empty();
    }

    private boolean wasThere(ReleaseId id) {
      return from instanceof EnvironmentId environment
          && observed.environment(environment).head().map(EnvironmentHead::history).stream()
              .flatMap(List::stream)
              .anyMatch(deployed -> deployed.release().equals(id));
    }

    /** The label at the beginning of the way, and that of what the source has now. */
    private Set<Label> line() {
      var labels = new HashSet<Label>();
      Optional<Source> at = Optional.of(from);
      while (at.isPresent()) {
        at =
            switch (at.get()) {
              case Label label -> {
                labels.add(label);
                yield Optional.empty();
              }
              case EnvironmentId id ->
                  project
                      .environment(id)
                      .flatMap(DesiredEnvironment::promotion)
                      .map(PromotionPolicy::from);
            };
      }
      there()
          .flatMap(it -> observed.release(it.release()))
          .flatMap(release -> release.manifest().label())
          .ifPresent(labels::add);
      return labels;
    }
  }
}
