package dev.onward.simulation;

import static dev.onward.simulation.Judge.require;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ReleaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What must be true of every move of an environment's head. */
final class Heads {
  /** A plan may be made and carried out with minutes in between. */
  private static final long SLOW = Duration.ofMinutes(3).toNanos();

  private final World world;
  private final ParameterTruth parameters;
  private final Gates gates;
  private final Set<String> recorded = new TreeSet<>();
  private final Set<String> adopted = new HashSet<>();
  private final Map<EnvironmentId, List<Stay>> stays = new HashMap<>();

  Heads(World world, ParameterTruth parameters, Cuts cuts) {
    this.world = world;
    this.parameters = parameters;
    gates = new Gates(world, parameters, cuts, this);
  }

  /**
   * A release in an environment.
   *
   * @param at when the head moved there
   * @param error by how much the date that was written down may be off; absent if by anything
   */
  record Stay(
      long at,
      ReleaseId release,
      DeploymentOrigin origin,
      Optional<Duration> error,
      AtomicBoolean converged) {
    boolean everConverged() {
      return converged.get();
    }
  }

  /** The ids of all of Onward's deployments. */
  Set<String> recorded() {
    return recorded;
  }

  /** In order. */
  List<Stay> stays(EnvironmentId environment) {
    return stays.getOrDefault(environment, List.of());
  }

  /** Whether it is a move or a person's repair, which are audited, and not only a mark. */
  boolean changed(Commit.Moved<EnvironmentHead> moved, Commit commit) {
    EnvironmentHead after = moved.after();
    if (moved.before().isEmpty()) {
      require(
          after.version() == 1, "%s begins at version %d", after.environment(), after.version());
      after.current().ifPresent(current -> stay(after, current));
      after.current().ifPresent(current -> adopted.add(key(after, current)));
      return true;
    }
    EnvironmentHead before = moved.before().get();
    if (after.history().equals(before.history())) {
      marked(before, after);
      return after.repairAsked() && !before.repairAsked();
    }
    require(
        after.version() == before.version() + 1,
        "%s went from version %d to %d",
        after.environment(),
        before.version(),
        after.version());
    continues(before, after);
    DeployedRelease current = after.current().orElseThrow();
    if (current.deploymentId().isPresent()) {
      recorded(before, after, current, commit);
    } else {
      require(
          adopted.add(key(after, current)),
          "a deployment of the old tool was adopted twice in %s: %s",
          after.environment(),
          current);
    }
    stay(after, current);
    return true;
  }

  private static String key(EnvironmentHead head, DeployedRelease deployed) {
    return head.environment() + " " + deployed.release() + " " + deployed.deployedAt();
  }

  private void stay(EnvironmentHead head, DeployedRelease current) {
    // A person's deployment is dated when they asked.
    Optional<Duration> error =
        current.origin() == DeploymentOrigin.PERSON
            ? Optional.empty()
            : world.acting().map(ReplicaProcess::clockError).filter(it -> !world.isLate());
    stays
        .computeIfAbsent(head.environment(), it -> new ArrayList<>())
        .add(
            new Stay(
                world.timeline.now(),
                current.release(),
                current.origin(),
                error,
                new AtomicBoolean(head.converged())));
  }

  private void recorded(
      EnvironmentHead before, EnvironmentHead after, DeployedRelease current, Commit commit) {
    String id = current.deploymentId().orElseThrow();
    require(recorded.add(id), "deployment %s was recorded twice", id);
    List<Map<String, AttributeValue>> appended = commit.appended();
    var same =
        appended.stream()
            .filter(it -> AttributeValue.fromS(id).equals(it.get("deployment_id")))
            .toList();
    require(
        same.size() == 1 && appended.size() == commit.environments().size(),
        "%s has deployment %s, its release got %s",
        after.environment(),
        id,
        appended);
    switch (current.origin()) {
      case AUTOMATION -> {
        gates.judge(before, current);
        world.people.seesPromotionTo(after.environment());
      }
      case PERSON -> world.people.deployed(after.environment(), same.getFirst());
      case ADOPTED, FIRST_SIGHT -> throw new AssertionError("an id of Onward on " + current);
    }
  }

  /** What was there before is there still, but for what no longer fits. */
  private static void continues(EnvironmentHead before, EnvironmentHead after) {
    List<ReleaseId> was = before.history().stream().map(DeployedRelease::release).toList();
    List<ReleaseId> is = after.history().stream().map(DeployedRelease::release).toList();
    int dropped = was.size() + 1 - is.size();
    require(
        dropped >= 0
            && (dropped == 0 || is.size() == EnvironmentHead.HISTORY_LIMIT)
            && was.subList(dropped, was.size()).equals(is.subList(0, is.size() - 1)),
        "the history of %s was %s and is %s",
        after.environment(),
        was,
        is);
  }

  private void marked(EnvironmentHead before, EnvironmentHead after) {
    require(
        after.version() == before.version() + (after.converged() ? 0 : 1),
        "%s went from version %d to %d and its release stayed",
        after.environment(),
        before.version(),
        after.version());
    if (before.converged() || !after.converged() || after.current().isEmpty()) {
      return;
    }
    Stay stay = stays(after.environment()).getLast();
    stay.converged().set(true);
    var never =
        parameters.neverSince(
            stay.at() - SLOW,
            after.environment(),
            world.judge.release(after.current().get().release()));
    require(
        never.isEmpty(),
        "%s was marked converged, but %s never had the images of %s",
        after.environment(),
        never,
        after.current().get().release());
  }
}
