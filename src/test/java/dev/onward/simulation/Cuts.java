package dev.onward.simulation;

import static dev.onward.simulation.Judge.require;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What must be true of every release that is cut. */
final class Cuts {
  private static final long QUIET = Setting.QUIET.toNanos();
  private static final long MAX_WAIT = Setting.MAX_WAIT.toNanos();

  /** Dates are to the second, and a look takes a moment. */
  private static final long MARGIN = Duration.ofMillis(1200).toNanos();

  private final World world;
  private final ParameterTruth parameters;
  private final Map<ReleaseId, Long> at = new HashMap<>();
  private final Set<Optional<ReleaseId>> succeeded = new HashSet<>();

  Cuts(World world, ParameterTruth parameters) {
    this.world = world;
    this.parameters = parameters;
  }

  /** When it was cut; absent for one that the old tool prepared. */
  Optional<Long> cutAt(ReleaseId release) {
    return Optional.ofNullable(at.get(release));
  }

  void moved(Commit.Moved<LabelHead> moved, Commit commit) {
    LabelHead head = moved.after();
    require(commit.releases().size() == 1, "label %s moved without a release", head.label());
    Release release = ModelStores.release(commit.releases().getFirst().after());
    require(release.id().equals(head.release()), "the head of %s is another release", head.label());
    require(commit.releases().getFirst().before().isEmpty(), "release %s was there", release.id());
    Optional<ReleaseId> previous = release.manifest().previous();
    require(
        previous.equals(moved.before().map(LabelHead::release)),
        "%s follows %s, not what the label had before: %s",
        release.id(),
        previous,
        moved.before());
    require(succeeded.add(previous), "two releases for one cut, after %s", previous);
    require(
        head.version() == moved.before().map(LabelHead::version).orElse(0L) + 1,
        "label %s went from %s to %s",
        head.label(),
        moved.before(),
        head);
    moved
        .before()
        .ifPresent(
            before -> {
              require(
                  release.createdAt().isAfter(before.releaseCreatedAt()),
                  "release %s is dated before the one that it follows",
                  release.id());
              require(
                  !world.judge.release(before.release()).images().equals(release.images()),
                  "release %s has the images of the one that it follows",
                  release.id());
            });
    at.put(release.id(), world.timeline.now());
    isOfAll(release);
    if (release.requestedBy().equals(Requester.ONWARD)) {
      wasSettled(release);
    }
  }

  /** Nothing is ever deleted here: a service that was published is published. */
  private void isOfAll(Release release) {
    for (ServiceId service : world.setting.services()) {
      boolean published =
          parameters.writes(Setting.LATEST, service).stream()
              .anyMatch(write -> write.at() + 4 * QUIET < world.timeline.now());
      require(
          !published || release.images().images().containsKey(service),
          "release %s lacks %s, which is published: a listing was taken for complete",
          release.id(),
          service);
    }
  }

  /** All its images stood together for the quiet period, or changes have gone on for too long. */
  private void wasSettled(Release release) {
    long now = world.timeline.now();
    var moments = new TreeSet<Long>();
    for (ServiceId service : release.images().images().keySet()) {
      parameters.writes(Setting.LATEST, service).forEach(write -> moments.add(write.at()));
    }
    long before = release.manifest().previous().flatMap(this::cutAt).orElse(Long.MIN_VALUE / 2);
    boolean changingForLong =
        moments.stream().anyMatch(moment -> moment > before && moment <= now - MAX_WAIT + MARGIN);
    boolean stood =
        moments.stream()
            .anyMatch(
                moment ->
                    moment <= now - QUIET + MARGIN
                        && parameters.isWholeAt(moment, Setting.LATEST, release));
    require(
        stood || changingForLong,
        "release %s of %s was cut at %s before they were settled; %s",
        release.id(),
        release.manifest().services(),
        Duration.ofNanos(now),
        release.description());
  }
}
