package dev.onward.reconcile;

import static java.util.stream.Collectors.toMap;

import dev.onward.model.Approval;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.OperatorWord;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Grant;
import dev.onward.plan.InformedPlanner;
import dev.onward.plan.InformedPlanner.Inquiry;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Preview;
import dev.onward.plan.Saying;
import dev.onward.plan.Wish;
import dev.onward.plan.WishPlanner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does what a person asks for, in the manner of a cycle: observe, decide, write under a condition.
 * What was decided is only written if it is still true then.
 */
final class Wishes {
  /** Somebody else's word is no reason to refuse this wish: look again and decide again. */
  private static final int ATTEMPTS = 3;

  private final InformedPlanner planner;
  private final InstantSource clock;

  /**
   * @param clock the one that rules everything else
   */
  Wishes(InformedPlanner planner, InstantSource clock) {
    this.planner = planner;
    this.clock = clock;
  }

  /** Observes the project afresh. */
  interface Look {
    ObservedState observe();
  }

  /**
   * Throws {@link StoreException} if the project cannot be observed.
   *
   * @param said who wishes it, when and why
   * @param dryRun whether only the preview is wanted
   */
  WishReport carryOut(
      DesiredState desired,
      ReleaseStore releases,
      Look look,
      Inquiry inquiry,
      Wish wish,
      Intervention said,
      boolean dryRun) {
    Attempt attempt =
        seen -> attempt(desired, releases, seen, inquiry, wish, decidedNow(said), dryRun);
    return untilNotOvertaken(look, attempt);
  }

  /**
   * Says an operator's word.
   *
   * @param look one that sees what operators have said is enough
   * @param words what this process knows to have been said before
   * @param asked who says it, when and why
   * @param lastSeen of all the project, by which it is told what follows
   */
  WishReport say(
      DesiredState desired,
      ReleaseStore releases,
      Look look,
      WordsWatch words,
      Wish word,
      Intervention asked,
      Optional<ObservedState> lastSeen,
      boolean dryRun) {
    Interventions known = words.known();
    Attempt attempt =
        seen -> {
          Intervention said = decidedNow(asked);
          ObservedState observed = knowing(desired, releases, seen, word, said);
          Grant grant =
              words.isLoss(known, observed.interventions())
                  ? afterLoss(observed.interventions(), known, word, said)
                  : new WishPlanner(desired, observed, said).consider(word);
          if (grant instanceof Grant.Refused || dryRun) {
            return new WishReport(grant, Optional.empty(), Optional.empty(), dryRun);
          }
          WriteOutcome outcome = write(grant, releases);
          if (outcome.applied() && grant instanceof Grant.Say(Saying saying)) {
            words.learn(saying.to());
          }
          Optional<Preview> preview =
              lastSeen.flatMap(last -> consequences(desired, observed, last, grant, said.at()));
          return new WishReport(grant, preview, Optional.of(outcome), false);
        };
    return untilNotOvertaken(look, attempt);
  }

  /** Whoever looked has seen what was known. */
  private static Grant afterLoss(
      Interventions left, Interventions known, Wish wish, Intervention said) {
    return switch (wish) {
      case Wish.Say(OperatorWord word) ->
          switch (left.afterLoss(word, said, known.version())) {
            case Interventions.Change.Made(Interventions to) ->
                new Grant.Say(new Saying(word, said, left, to));
            case Interventions.Change.Refused(String reason) -> refused(reason);
          };
      case Wish.Expecting(long version, Wish expecting) ->
          known
              .otherThan(version)
              .map(Wishes::refused)
              .orElseGet(() -> afterLoss(left, known, expecting, said));
      case Wish.Deploy _, Wish.RollBack _, Wish.Repair _, Wish.Cut _, Wish.Compose _ ->
          throw new IllegalArgumentException("no word: " + wish);
    };
  }

  private static Grant refused(String reason) {
    return new Grant.Refused(Grant.Kind.CONTRADICTING, reason, List.of());
  }

  /**
   * Of a word, by what was seen before. Absent if an environment's head has moved since, or if only
   * the world outside could tell.
   */
  private Optional<Preview> consequences(
      DesiredState desired, ObservedState quick, ObservedState lastSeen, Grant grant, Instant now) {
    if (!versions(quick).equals(versions(lastSeen))) {
      return Optional.empty();
    }
    ObservedState seen = lastSeen.withInterventions(quick.interventions());
    for (Release release : quick.releases().values()) {
      seen = seen.withRelease(release);
    }
    var preview =
        Preview.of(
            state -> planner.plan(desired, state, questions -> lastSeen.answers(), now).plan(),
            seen,
            grant,
            now);
    return Optional.of(preview)
        .filter(it -> lastSeen.answers().keySet().containsAll(it.after().questions()));
  }

  private static Map<EnvironmentId, Long> versions(ObservedState observed) {
    return observed.environments().entrySet().stream()
        .collect(
            toMap(
                Map.Entry::getKey,
                it -> it.getValue().head().map(EnvironmentHead::version).orElse(0L)));
  }

  /** The moment counts at which it is decided: the look may have taken long. */
  private Intervention decidedNow(Intervention said) {
    return new Intervention(said.by(), clock.instant(), said.reason(), said.until());
  }

  /** Decides by what was seen, and does it. */
  private interface Attempt {
    WishReport by(ObservedState seen);
  }

  private static WishReport untilNotOvertaken(Look look, Attempt attempt) {
    WishReport report = attempt.by(look.observe());
    for (int i = 1; i < ATTEMPTS && isOvertaken(report); i++) {
      ObservedState seen = look.observe();
      if (!isStillMeant(report.grant(), seen)) {
        return report;
      }
      report = attempt.by(seen);
    }
    return report;
  }

  /** Whether what was asked by one look is meant by the next as well. */
  private static boolean isStillMeant(Grant overtaken, ObservedState seen) {
    return switch (overtaken) {
      case Grant.Say(var saying) -> TakenBack.isSame(saying, seen.interventions());
      case Grant.Deploy deploy -> isWhere(deploy.action().from(), seen);
      case Grant.Repair repair -> isWhere(repair.request().from(), seen);
      case Grant.Cut _, Grant.Add _, Grant.Refused _ -> false;
    };
  }

  private static boolean isWhere(EnvironmentHead decidedFrom, ObservedState seen) {
    return Optional.ofNullable(seen.environments().get(decidedFrom.environment()))
        .flatMap(ObservedEnvironment::head)
        .filter(head -> head.version() == decidedFrom.version())
        .isPresent();
  }

  private WishReport attempt(
      DesiredState desired,
      ReleaseStore releases,
      ObservedState seen,
      Inquiry inquiry,
      Wish wish,
      Intervention said,
      boolean dryRun) {
    ObservedState observed = knowing(desired, releases, seen, wish, said);
    var questions = new WishPlanner(desired, observed, said).questions(wish);
    if (!questions.isEmpty()) {
      observed = observed.answering(inquiry.ask(questions));
    }
    Grant grant = new WishPlanner(desired, observed, said).consider(wish);
    if (grant instanceof Grant.Refused) {
      return new WishReport(grant, Optional.empty(), Optional.empty(), dryRun);
    }
    var preview =
        Preview.of(
            state -> planner.plan(desired, state, inquiry, said.at()).plan(),
            observed,
            grant,
            said.at());
    return new WishReport(
        grant,
        Optional.of(preview),
        dryRun ? Optional.empty() : Optional.of(write(grant, releases)),
        dryRun);
  }

  private static WriteOutcome write(Grant grant, ReleaseStore releases) {
    return switch (grant) {
      case Grant.Say(var saying) -> releases.say(saying);
      case Grant.Deploy deploy -> releases.record(deploy.action());
      case Grant.Repair repair -> releases.repair(repair.request());
      case Grant.Cut(var action) -> releases.cut(action);
      case Grant.Add(Release release) -> releases.add(release);
      case Grant.Refused refused -> new WriteOutcome.Conflict(refused.reason());
    };
  }

  /**
   * A cycle reads only the releases that its plan needs; a person may name any, and whether an
   * approval is spent depends on the age of its release.
   */
  private static ObservedState knowing(
      DesiredState desired,
      ReleaseStore releases,
      ObservedState observed,
      Wish wish,
      Intervention said) {
    ObservedState known = observed;
    for (ReleaseId id : named(desired, observed, wish, said)) {
      if (known.release(id).isEmpty()) {
        known =
            releases
                .release(id)
                .filter(release -> release.project().equals(desired.project()))
                .map(known::withRelease)
                .orElse(known);
      }
    }
    return known;
  }

  private static Set<ReleaseId> named(
      DesiredState desired, ObservedState observed, Wish wish, Intervention said) {
    return switch (wish) {
      case Wish.Deploy deploy -> Set.of(deploy.release());
      case Wish.RollBack rollBack ->
          new WishPlanner(desired, observed, said)
              .target(rollBack).stream().collect(Collectors.toSet());
      case Wish.Say(OperatorWord word) -> named(word, observed.interventions());
      case Wish.Expecting(long _, Wish expecting) -> named(desired, observed, expecting, said);
      case Wish.Repair _, Wish.Cut _, Wish.Compose _ -> Set.of();
    };
  }

  private static Set<ReleaseId> named(OperatorWord word, Interventions standing) {
    Set<ReleaseId> releases =
        standing.approvals().stream().map(Approval::release).collect(Collectors.toSet());
    if (word instanceof OperatorWord.Reject(ReleaseId release)) {
      releases.add(release);
    } else if (word instanceof OperatorWord.Approve approve) {
      releases.add(approve.release());
    }
    return releases;
  }

  private static boolean isOvertaken(WishReport report) {
    return report.outcome().orElse(null) instanceof WriteOutcome.Conflict;
  }
}
