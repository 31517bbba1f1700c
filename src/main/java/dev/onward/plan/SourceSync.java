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
 * How an environment's release relates to its source's current one.
 *
 * <p>A source's line is every release of the label that its releases originate from, plus whatever
 * else the source itself has had. The older tool's releases do not record their origin: they count
 * as part of every line, and are ordered by date.
 *
 * @param sentence for people, without a capital letter or full stop
 */
public record SourceSync(Status status, String sentence) {

  /** The relation in one word. */
  public enum Status {
    /** Both have the same release. */
    IN_SYNC,
    /** The source has a newer one. */
    BEHIND,
    /** The environment has a release that its source no longer has, or does not have yet. */
    AHEAD,
    /** The environment's release does not belong to its source's line. */
    DIVERGED
  }

  /**
   * Present if the environment or its source has a release; absent without a source.
   *
   * @param current the environment's release
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

  /** The current release of a label or an environment, from its head. */
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
          observed.release(there.release()).isPresent()
              ? ""
              : ", which is missing from the releases table";
      return new SourceSync(
          Status.BEHIND,
          "behind %s, which has the newer release %s%s"
              .formatted(from, there.release().shortForm(), lost));
    }

    private SourceSync ahead(DeployedRelease current, There there) {
      return new SourceSync(
          Status.AHEAD,
          wasThere(current.release())
              ? "ahead of %s, which was rolled back from %s to %s"
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

    /** Why a release does not belong to the source's line, to follow its name; empty if it does. */
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
      return composed ? Optional.of("was composed by a person") : Optional.empty();
    }

    private boolean wasThere(ReleaseId id) {
      return from instanceof EnvironmentId environment
          && observed.environment(environment).head().map(EnvironmentHead::history).stream()
              .flatMap(List::stream)
              .anyMatch(deployed -> deployed.release().equals(id));
    }

    /** The label at the start of the promotion path, and that of the source's current release. */
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
