package dev.onward.web.api.replay;

import dev.onward.model.EnvironmentId;
import dev.onward.plan.SourceSync;
import dev.onward.plan.Words;
import dev.onward.plan.replay.ReplayAssumptions;
import dev.onward.plan.replay.ReplayFate;
import dev.onward.plan.replay.ReplayResult;
import dev.onward.policy.Verdict;
import dev.onward.web.api.view.ReleaseBrief;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a project's policies would have done, beside what was really done.
 *
 * @param endedAt how far the replay came: {@code to}, unless it had to give up
 * @param assumptions what it took for granted, in sentences
 * @param notes what limits the result, in sentences
 * @param environments in figures
 * @param releases oldest first
 */
record ReplayView(
    String project,
    Instant from,
    Instant to,
    Instant endedAt,
    boolean complete,
    Optional<Double> approvedAfterSeconds,
    boolean withPeople,
    List<String> assumptions,
    List<String> notes,
    List<Summary> environments,
    List<Replayed> releases) {

  static ReplayView of(ReplayResult result) {
    ReplayAssumptions assumptions = result.assumptions();
    return new ReplayView(
        result.project().value(),
        result.from(),
        result.to(),
        result.endedAt(),
        result.complete(),
        assumptions.approvedAfter().map(ReplayView::seconds),
        assumptions.withPeople(),
        assumptions.sentences(),
        result.notes(),
        result.environments().stream().map(Summary::of).toList(),
        result.releases().stream().map(row -> Replayed.of(row, result)).toList());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /**
   * One environment in figures.
   *
   * @param sync how its release would relate to its source's at the end: {@code in_sync}, {@code
   *     behind}, {@code ahead} or {@code diverged}
   * @param summary the same in a sentence
   */
  record Summary(
      String id,
      String name,
      Optional<String> sync,
      Optional<String> summary,
      Figures policy,
      Figures really) {
    private static Summary of(ReplayResult.Summary it) {
      return new Summary(
          it.environment().value(),
          it.name(),
          it.sync().map(sync -> Words.of(sync.status())),
          it.sync().map(SourceSync::sentence),
          Figures.of(it.policy()),
          Figures.of(it.really()));
    }
  }

  /**
   * How often and how soon releases came.
   *
   * @param medianSeconds from a release's creation to its first deployment in the environment
   */
  record Figures(int deployments, Optional<Double> medianSeconds, Optional<Double> longestSeconds) {
    private static Figures of(ReplayResult.Figures it) {
      return new Figures(
          it.deployments(),
          it.median().map(ReplayView::seconds),
          it.longest().map(ReplayView::seconds));
    }
  }

  /** One release, in every environment of the manifest. */
  record Replayed(ReleaseBrief release, List<InEnvironment> environments) {
    private static Replayed of(ReplayResult.Row row, ReplayResult result) {
      return new Replayed(
          ReleaseBrief.of(row.release()),
          result.environments().stream()
              .map(ReplayResult.Summary::environment)
              .flatMap(
                  id ->
                      Optional.ofNullable(row.cells().get(id)).stream()
                          .map(cell -> InEnvironment.of(id, cell)))
              .toList());
    }
  }

  /**
   * One release in one environment.
   *
   * @param fate in a word: deployed, superseded, held or not_considered
   * @param deployedAt when it would have been deployed
   * @param byPerson whether that is a person's recorded deployment
   * @param supersededBy the newer release that would have been there first
   * @param heldBy the gates that would still hold it at the end
   * @param reason why it would not have been considered
   * @param reallyDeployedAt when it was deployed there according to the history
   */
  record InEnvironment(
      String environment,
      String fate,
      Optional<Instant> deployedAt,
      boolean byPerson,
      Optional<String> supersededBy,
      Optional<Instant> supersededAt,
      List<HoldingGate> heldBy,
      Optional<String> reason,
      List<Instant> reallyDeployedAt) {
    private static InEnvironment of(EnvironmentId environment, ReplayResult.Cell cell) {
      ReplayFate outcome = cell.policy();
      Optional<ReplayFate.Deployed> deployed = as(ReplayFate.Deployed.class, outcome);
      Optional<ReplayFate.Superseded> superseded = as(ReplayFate.Superseded.class, outcome);
      Optional<ReplayFate.Held> held = as(ReplayFate.Held.class, outcome);
      Optional<ReplayFate.NotConsidered> other = as(ReplayFate.NotConsidered.class, outcome);
      return new InEnvironment(
          environment.value(),
          word(outcome),
          deployed.map(ReplayFate.Deployed::at),
          deployed.map(ReplayFate.Deployed::byPerson).orElse(false),
          superseded.map(it -> it.by().value()),
          superseded.map(ReplayFate.Superseded::at),
          held.stream().flatMap(it -> it.verdicts().stream()).map(HoldingGate::of).toList(),
          other.map(ReplayFate.NotConsidered::reason),
          cell.really());
    }

    private static String word(ReplayFate outcome) {
      return switch (outcome) {
        case ReplayFate.Deployed _ -> "deployed";
        case ReplayFate.Superseded _ -> "superseded";
        case ReplayFate.Held _ -> "held";
        case ReplayFate.NotConsidered _ -> "not_considered";
      };
    }

    private static <T extends ReplayFate> Optional<T> as(Class<T> type, ReplayFate outcome) {
      return Optional.of(outcome).filter(type::isInstance).map(type::cast);
    }
  }

  /** A gate that holds a release, and why. */
  record HoldingGate(String gate, String reason) {
    private static HoldingGate of(Verdict verdict) {
      return new HoldingGate(verdict.gate(), verdict.reason());
    }
  }
}
