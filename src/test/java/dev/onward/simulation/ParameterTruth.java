package dev.onward.simulation;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** What every parameter really was at every moment, and who put it there. */
final class ParameterTruth implements SsmModel.Witness {
  private final World world;
  private final Map<String, List<Written>> log = new TreeMap<>();

  ParameterTruth(World world) {
    this.world = world;
  }

  /**
   * One value and its beginning.
   *
   * @param by absent if it was not Onward
   * @param stale whether it was no longer what the environment's head said
   * @param failures how many of its calls had failed to the process until then
   * @param known whether the process went on, and nothing kept it from saying what it had done
   */
  record Written(
      long at,
      String value,
      Optional<ReplicaProcess> by,
      boolean late,
      boolean stale,
      long failures,
      AtomicBoolean known) {
    /**
     * Whether whoever wrote an old value never came to know it, for it died or could not reach AWS:
     * that leaves parameter drift.
     */
    boolean isExcused() {
      return by.isEmpty() || (stale && (late || !known.get()));
    }
  }

  /** What was old may have come to be right again, by a later release of the same image. */
  private boolean says(EnvironmentHead head, ParameterName name, String value) {
    return head.current()
        .flatMap(it -> world.judge.release(it.release()).images().image(name.service()))
        .filter(image -> image.value().equals(value))
        .isPresent();
  }

  /** A process that put an old value says so before its cycle ends, for somebody to look again. */
  void cycleEnded(ReplicaProcess process) {
    log.forEach(
        (path, writes) -> {
          Written last = writes.getLast();
          boolean own = last.by().filter(process::equals).isPresent() && last.stale();
          if (own && !last.late() && last.failures() == process.failures() && !last.known().get()) {
            last.known().set(true);
            Judge.require(
                world
                    .judge
                    .head(new EnvironmentId(parsed(path).location().value()))
                    .filter(head -> head.converged() && !says(head, parsed(path), last.value()))
                    .isEmpty(),
                "%s put the old %s into %s and told nobody",
                process.name(),
                last.value(),
                path);
          }
        });
  }

  @Override
  public void written(String name, SsmModel.Version version) {
    Optional<ReplicaProcess> by = world.acting();
    boolean stale = by.isPresent() && isStale(name, version.value());
    log.computeIfAbsent(name, it -> new ArrayList<>())
        .add(
            new Written(
                world.timeline.now(),
                version.value(),
                by,
                world.isLate(),
                stale,
                by.map(ReplicaProcess::failures).orElse(0L),
                new AtomicBoolean()));
  }

  /** A process writes into environments alone, and only what once was deployed there. */
  private boolean isStale(String path, String value) {
    ParameterName name = parsed(path);
    var environment = new EnvironmentId(name.location().value());
    Judge.require(
        Setting.ENVIRONMENTS.contains(environment), "Onward wrote %s, no environment's", path);
    EnvironmentHead head =
        world
            .judge
            .head(environment)
            .orElseThrow(() -> new AssertionError("Onward wrote %s, of no head".formatted(path)));
    boolean once =
        head.history().stream()
            .map(entry -> world.judge.release(entry.release()))
            .anyMatch(release -> isOf(release, name.service(), value));
    Judge.require(once, "Onward put %s into %s, which no deployment there has", value, path);
    return !isOf(
        world.judge.release(head.current().orElseThrow().release()), name.service(), value);
  }

  private static ParameterName parsed(String path) {
    List<String> segments = List.of(path.split("/", -1));
    return new ParameterName(
        Setting.PROJECT, new EnvironmentId(segments.get(3)), new ServiceId(segments.get(4)));
  }

  private static boolean isOf(Release release, ServiceId service, String value) {
    return Optional.ofNullable(release.images().images().get(service))
        .map(ImageRef::value)
        .filter(value::equals)
        .isPresent();
  }

  List<Written> writes(Source where, ServiceId service) {
    return log.getOrDefault(Builds.path(where, service), List.of());
  }

  /** The services whose parameters are not what the release says. */
  Set<ServiceId> differing(Source where, Release release) {
    var differing = new TreeSet<ServiceId>();
    release
        .images()
        .images()
        .forEach(
            (service, image) -> {
              var writes = writes(where, service);
              if (writes.isEmpty() || !writes.getLast().value().equals(image.value())) {
                differing.add(service);
              }
            });
    return differing;
  }

  /** The services that never were what the release says, at any time since a moment. */
  Set<ServiceId> neverSince(long moment, Source where, Release release) {
    var never = new TreeSet<ServiceId>();
    release
        .images()
        .images()
        .forEach(
            (service, image) -> {
              List<Written> writes = writes(where, service);
              boolean ever = false;
              for (int i = 0; i < writes.size(); i++) {
                boolean until = i + 1 == writes.size() || writes.get(i + 1).at() >= moment;
                ever |= until && writes.get(i).value().equals(image.value());
              }
              if (!ever) {
                never.add(service);
              }
            });
    return never;
  }

  /** The longest time within a stretch during which all was as the release says. */
  long longestWhole(long from, long to, Source where, Release release) {
    var moments = new TreeSet<Long>(List.of(from, to));
    for (ServiceId service : release.images().images().keySet()) {
      writes(where, service).stream()
          .map(Written::at)
          .filter(at -> at > from && at < to)
          .forEach(moments::add);
    }
    long longest = 0;
    long since = Long.MAX_VALUE;
    for (long moment : moments) {
      longest = Math.max(longest, since == Long.MAX_VALUE ? 0 : moment - since);
      since = isWholeAt(moment, where, release) ? Math.min(since, moment) : Long.MAX_VALUE;
    }
    return longest;
  }

  /** Whether, right after a moment, all is as the release says. */
  boolean isWholeAt(long moment, Source where, Release release) {
    for (Map.Entry<ServiceId, ImageRef> image : release.images().images().entrySet()) {
      Optional<Written> there =
          writes(where, image.getKey()).reversed().stream()
              .filter(write -> write.at() <= moment)
              .findFirst();
      if (there.filter(write -> write.value().equals(image.getValue().value())).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
