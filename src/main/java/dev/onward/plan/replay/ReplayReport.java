package dev.onward.plan.replay;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.EnvironmentExplanation.CandidateExplanation;
import dev.onward.plan.Plan;
import dev.onward.plan.replay.ReplayHistory.Recorded;
import dev.onward.plan.replay.ReplayResult.Cell;
import dev.onward.plan.replay.ReplayResult.Figures;
import dev.onward.plan.replay.ReplayResult.Row;
import dev.onward.plan.replay.ReplayResult.Summary;
import dev.onward.plan.replay.ReplayWorld.Made;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports the result of a finished replay, release by release and in figures. */
final class ReplayReport {
  private final DesiredState desired;
  private final ReplayHistory history;
  private final ReplayWorld world;
  private final Plan last;
  private final Instant from;
  private final Instant to;
  private final Instant endedAt;
  private final Runnable checkpoint;
  private final Map<EnvironmentId, Map<ReleaseId, List<Verdict>>> waiting = new HashMap<>();
  private final Map<EnvironmentId, List<Recorded>> recorded;
  private final Map<EnvironmentId, List<Made>> made;

  /** For each release, its first deployment by the replay in each environment. */
  private final Map<ReleaseId, Map<EnvironmentId, Made>> firstMade = new HashMap<>();

  /**
   * @param last the final plan, without actions
   */
  ReplayReport(
      DesiredState desired,
      ReplayHistory history,
      ReplayWorld world,
      Plan last,
      Instant from,
      Instant to,
      Instant endedAt,
      Runnable checkpoint) {
    this.desired = desired;
    this.history = history;
    this.world = world;
    this.last = last;
    this.from = from;
    this.to = to;
    this.endedAt = endedAt;
    this.checkpoint = checkpoint;
    this.recorded =
        history.deployments().stream().collect(Collectors.groupingBy(Recorded::environment));
    this.made = world.made().stream().collect(Collectors.groupingBy(Made::environment));
    for (Made deployment : world.made()) {
      firstMade
          .computeIfAbsent(deployment.release().id(), id -> new HashMap<>())
          .putIfAbsent(deployment.environment(), deployment);
    }
    for (DesiredEnvironment environment : desired.environments()) {
      waiting.put(
          environment.id(),
          world.waiting(environment, last, endedAt).stream()
              .collect(Collectors.toMap(it -> it.release().id(), CandidateExplanation::verdicts)));
    }
  }

  ReplayResult result(ReplayAssumptions assumptions) {
    return new ReplayResult(
        desired.project(),
        from,
        to,
        endedAt,
        assumptions,
        desired.environments().stream().map(this::summary).toList(),
        history.releases().stream().filter(this::isShown).map(this::row).toList(),
        notes());
  }

  private List<String> notes() {
    var notes = new ArrayList<String>();
    if (endedAt.isBefore(to)) {
      notes.add(
          "The replay stopped early at %s: too many events. Choose a shorter period."
              .formatted(endedAt));
    }
    var unwatched =
        history.releases().stream()
            .filter(release -> isInTime(release.createdAt()))
            .flatMap(release -> release.manifest().label().stream())
            .filter(label -> !desired.watchedLabels().contains(label))
            .collect(Collectors.groupingBy(label -> label, TreeMap::new, Collectors.counting()));
    unwatched.forEach(
        (label, count) ->
            notes.add(
                "Releases cut from '%s', which this manifest does not watch: %s."
                    .formatted(label, count)));
    return notes;
  }

  private boolean isShown(Release release) {
    return isInTime(release.createdAt())
        || firstMade.containsKey(release.id())
        || release.deployments().stream()
            .filter(deployment -> isInTime(deployment.createdAt()))
            .anyMatch(deployment -> desired.environment(deployment.environment()).isPresent());
  }

  private boolean isInTime(Instant moment) {
    return !moment.isBefore(from) && !moment.isAfter(to);
  }

  private Row row(Release release) {
    checkpoint.run();
    var cells = new TreeMap<EnvironmentId, Cell>();
    for (DesiredEnvironment environment : desired.environments()) {
      List<Instant> really =
          release.deployments().stream()
              .filter(deployment -> deployment.environment().equals(environment.id()))
              .map(deployment -> deployment.createdAt())
              .filter(at -> !at.isAfter(to))
              .sorted()
              .toList();
      cells.put(environment.id(), new Cell(outcome(release, environment), really));
    }
    return new Row(release, cells);
  }

  private ReplayFate outcome(Release release, DesiredEnvironment environment) {
    EnvironmentId id = environment.id();
    Optional<Made> deployed = firstMade(release, id);
    if (deployed.isPresent()) {
      return new ReplayFate.Deployed(deployed.get().at(), deployed.get().byPerson());
    }
    if (world.current(id).filter(now -> now.release().equals(release.id())).isPresent()) {
      return new ReplayFate.NotConsidered("was already deployed");
    }
    if (environment.promotion().isEmpty()) {
      return new ReplayFate.NotConsidered("no promotion policy");
    }
    List<Verdict> verdicts = waiting.getOrDefault(id, Map.of()).get(release.id());
    if (verdicts != null) {
      return new ReplayFate.Held(verdicts.stream().filter(verdict -> !verdict.passed()).toList());
    }
    return skipped(release, id)
        .or(() -> superseded(release, id))
        .orElseGet(() -> notOffered(release, environment.promotion().get()));
  }

  private Optional<Made> firstMade(Release release, EnvironmentId environment) {
    return Optional.ofNullable(firstMade.get(release.id())).map(there -> there.get(environment));
  }

  private List<Made> madeIn(EnvironmentId environment) {
    return made.getOrDefault(environment, List.of());
  }

  private List<Recorded> recordedIn(EnvironmentId environment) {
    return recorded.getOrDefault(environment, List.of());
  }

  private Optional<ReplayFate> skipped(Release release, EnvironmentId environment) {
    return Optional.ofNullable(last.environments().get(environment)).stream()
        .flatMap(explained -> explained.skipped().stream())
        .filter(skipped -> skipped.release().id().equals(release.id()))
        .<ReplayFate>map(skipped -> new ReplayFate.NotConsidered(skipped.reason()))
        .findFirst();
  }

  private Optional<ReplayFate> superseded(Release release, EnvironmentId environment) {
    if (world.isNewerThanCurrent(release, environment)) {
      return Optional.empty();
    }
    Optional<DeployedRelease> current = world.current(environment);
    return Stream.concat(
            madeIn(environment).stream()
                .filter(later -> later.release().newerThan(release))
                .map(later -> new ReplayFate.Superseded(later.release().id(), later.at())),
            current.map(now -> new ReplayFate.Superseded(now.release(), now.deployedAt())).stream())
        .<ReplayFate>map(fate -> fate)
        .findFirst();
  }

  private ReplayFate notOffered(Release release, PromotionPolicy policy) {
    Source source = policy.from();
    Optional<Label> label = release.manifest().label();
    if (source instanceof EnvironmentId environment) {
      boolean wasThere =
          firstMade(release, environment).isPresent()
              || recordedIn(environment).stream()
                  .anyMatch(it -> it.at().isBefore(from) && it.release().id().equals(release.id()));
      return new ReplayFate.NotConsidered(
          wasThere
              ? "left %s too long ago".formatted(source)
              : "was never in %s".formatted(source));
    }
    if (label.isEmpty()) {
      return new ReplayFate.NotConsidered("has no label");
    }
    return new ReplayFate.NotConsidered(
        label.get().equals(source)
            ? "more than %s newer releases are waiting".formatted(ReplayWorld.CHAIN_LIMIT)
            : "has label %s".formatted(label.get()));
  }

  private Summary summary(DesiredEnvironment environment) {
    EnvironmentId id = environment.id();
    List<Made> real =
        recordedIn(id).stream()
            .map(it -> new Made(id, it.release(), it.at(), it.byPerson()))
            .filter(it -> !it.at().isAfter(to))
            .toList();
    List<Made> before = real.stream().filter(it -> it.at().isBefore(from)).toList();
    List<Made> replayed = Stream.concat(before.stream(), madeIn(id).stream()).toList();
    return new Summary(
        id,
        environment.name(),
        Optional.ofNullable(last.environments().get(id)).flatMap(EnvironmentExplanation::sync),
        figures(replayed),
        figures(real));
  }

  /**
   * Figures of the deployments within the period; earlier ones only show which were not a release's
   * first.
   */
  private Figures figures(List<Made> deployments) {
    var known = new HashSet<ReleaseId>();
    var times = new ArrayList<Duration>();
    int count = 0;
    for (Made made : deployments.stream().sorted(Comparator.comparing(Made::at)).toList()) {
      boolean first = known.add(made.release().id());
      if (isInTime(made.at())) {
        count++;
        if (first) {
          Duration time = Duration.between(made.release().createdAt(), made.at());
          times.add(time.isNegative() ? Duration.ZERO : time);
        }
      }
    }
    return Figures.of(count, times);
  }
}
