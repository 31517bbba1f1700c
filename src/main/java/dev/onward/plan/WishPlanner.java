package dev.onward.plan;

import dev.onward.model.Approval;
import dev.onward.model.DeployedRelease;
import dev.onward.model.Deployment;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.Label;
import dev.onward.model.LabelHead;
import dev.onward.model.OperatorWord;
import dev.onward.model.Origin;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.model.Source;
import dev.onward.policy.ApprovalsGate;
import dev.onward.policy.Candidate;
import dev.onward.policy.PromotionPolicy;
import dev.onward.policy.Question;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides what comes of a person's wish: pure, as the {@link Planner} is, and judged by the same
 * gates. A person's deployment passes over the policy's mode, for that is what a manual mode waits
 * for; every other gate that holds must be overridden in so many words.
 */
public final class WishPlanner {
  private final DesiredState desired;
  private final ObservedState observed;
  private final Intervention said;
  private final Instant now;

  /**
   * @param said who wishes it and why
   */
  public WishPlanner(DesiredState desired, ObservedState observed, Intervention said) {
    this.desired = desired;
    this.observed = observed;
    this.said = said;
    this.now = said.at();
  }

  public Grant consider(Wish wish) {
    return switch (wish) {
      case Wish.Say(OperatorWord word) -> say(word);
      case Wish.Deploy(EnvironmentId environment, ReleaseId release, boolean override) ->
          environment(environment)
              .map(there -> deploy(there, release, override, Optional.empty()))
              .orElseGet(() -> noSuch(environment));
      case Wish.RollBack rollBack ->
          environment(rollBack.environment())
              .map(there -> rollBack(there, rollBack))
              .orElseGet(() -> noSuch(rollBack.environment()));
      case Wish.Repair(EnvironmentId environment, boolean override) ->
          environment(environment)
              .map(there -> repair(there, override))
              .orElseGet(() -> noSuch(environment));
      case Wish.Cut(Label label) -> cut(label);
      case Wish.Compose compose -> new Composition(desired, observed, said).compose(compose);
      case Wish.Expecting(long version, Wish expecting) ->
          observed
              .interventions()
              .otherThan(version)
              .<Grant>map(Grant.Refused::contradicting)
              .orElseGet(() -> consider(expecting));
    };
  }

  /** What gates must know of the world outside before a deployment can be considered. */
  public List<Question> questions(Wish wish) {
    return switch (wish) {
      case Wish.Deploy(EnvironmentId environment, ReleaseId release, boolean _) ->
          questions(environment, Optional.of(release));
      case Wish.RollBack rollBack -> questions(rollBack.environment(), target(rollBack));
      case Wish.Expecting(long _, Wish expecting) -> questions(expecting);
      case Wish.Say _, Wish.Repair _, Wish.Cut _, Wish.Compose _ -> List.of();
    };
  }

  /** The release that rolling back would deploy. */
  public Optional<ReleaseId> target(Wish.RollBack rollBack) {
    return targets(rollBack.environment())
        .target(rollBack.to())
        .map(RollBackChoice.Target::release);
  }

  private RollBackTargets targets(EnvironmentId environment) {
    return RollBackTargets.of(
        Optional.ofNullable(observed.environments().get(environment))
            .flatMap(ObservedEnvironment::head),
        observed.interventions(),
        now);
  }

  private List<Question> questions(EnvironmentId environment, Optional<ReleaseId> release) {
    Optional<PromotionPolicy> policy =
        desired.environment(environment).flatMap(DesiredEnvironment::promotion);
    return release
        .flatMap(observed::release)
        .flatMap(found -> policy.map(p -> p.questions(candidate(p, environment, found))))
        .orElse(List.of());
  }

  private Grant say(OperatorWord word) {
    Optional<Grant> unknown = unknownSubject(word);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    Interventions from = observed.interventions();
    return switch (from.without(this::isSpent).after(word, said)) {
      case Interventions.Change.Made(Interventions to) ->
          new Grant.Say(new Saying(word, said, from, to));
      case Interventions.Change.Refused(String reason) -> Grant.Refused.contradicting(reason);
    };
  }

  private Optional<Grant> unknownSubject(OperatorWord word) {
    return switch (word) {
      case OperatorWord.Hold(EnvironmentId id) -> missing(id);
      case OperatorWord.SetFreeze freeze -> freeze.environment().flatMap(this::missing);
      case OperatorWord.Reject(ReleaseId id) -> missing(id);
      case OperatorWord.Approve(ReleaseId release, EnvironmentId environment) ->
          missing(environment)
              .or(() -> missing(release))
              .or(
                  () ->
                      observed
                          .interventions()
                          .rejection(release, now)
                          .map(
                              rejection ->
                                  Grant.Refused.contradicting(rejected(release, rejection))));
      // What was said of something that is gone can still be taken back.
      case OperatorWord.Resume _,
          OperatorWord.Unreject _,
          OperatorWord.Withdraw _,
          OperatorWord.LiftFreeze _,
          OperatorWord.StopEverything _,
          OperatorWord.ResumeEverything _ ->
          Optional.empty();
    };
  }

  /**
   * An approval that can let nothing go any more. It must not keep whoever gave it from giving it
   * again.
   */
  private boolean isSpent(Approval approval) {
    return hasLapsed(approval) || hasDoneItsWork(approval);
  }

  private boolean hasLapsed(Approval approval) {
    return desired
        .environment(approval.environment())
        .flatMap(DesiredEnvironment::promotion)
        .stream()
        .flatMap(policy -> policy.gates().stream())
        .anyMatch(
            gate ->
                gate instanceof ApprovalsGate(int _, Optional<Duration> expireAfter)
                    && expireAfter
                        .filter(time -> !approval.given().at().plus(time).isAfter(now))
                        .isPresent());
  }

  /** The environment got that release or a newer one since; to go back takes a new approval. */
  private boolean hasDoneItsWork(Approval approval) {
    Optional<DeployedRelease> current =
        Optional.ofNullable(observed.environments().get(approval.environment()))
            .flatMap(ObservedEnvironment::head)
            .flatMap(EnvironmentHead::current);
    Optional<Release> release = observed.release(approval.release());
    // A release that is not known may be newer, as one that was put together is.
    return current.isPresent()
        && release
            .filter(it -> !it.createdAt().isAfter(current.get().releaseCreatedAt()))
            .isPresent()
        && !approval.given().at().isAfter(current.get().deployedAt());
  }

  private Grant cut(Label label) {
    if (desired.watchedLabels().contains(label)) {
      return new LabelPlanner(desired, now).cutBy(said, label, observed);
    }
    return Grant.Refused.unknown(
        ("project %s cuts no releases from '%s', only from %s; a release of what is under any label"
                + " can be put together instead")
            .formatted(
                desired.project(),
                label,
                desired.watchedLabels().stream()
                    .map(Label::value)
                    .collect(Collectors.joining(", "))));
  }

  private Grant rollBack(DesiredEnvironment environment, Wish.RollBack wish) {
    RollBackTargets targets = targets(environment.id());
    Optional<RollBackChoice> choice = targets.choice(wish.to());
    return choice.isPresent()
        ? deploy(environment, choice.get().chosen().release(), wish.override(), choice)
        : Grant.Refused.contradicting(nowhere(environment.id(), wish, targets));
  }

  private static String nowhere(
      EnvironmentId environment, Wish.RollBack wish, RollBackTargets targets) {
    return switch (wish.to()) {
      case OLDER ->
          ("nothing older that is not rejected was deployed to %s, as far as its history"
                      + " of %s deployments goes")
                  .formatted(environment, EnvironmentHead.HISTORY_LIMIT)
              + targets
                  .before()
                  .map(
                      before ->
                          "; release %s can be deployed, %s"
                              .formatted(before.release().shortForm(), before.why()))
                  .orElse("");
      case BEFORE ->
          ("no other release that is not rejected was in %s just before, as far as its history of"
                  + " %s deployments goes")
              .formatted(environment, EnvironmentHead.HISTORY_LIMIT);
    };
  }

  private Grant deploy(
      DesiredEnvironment environment,
      ReleaseId id,
      boolean override,
      Optional<RollBackChoice> rollBack) {
    Optional<Release> release = observed.release(id);
    Optional<EnvironmentHead> head = observed.environment(environment.id()).head();
    if (release.isEmpty()) {
      return Grant.Refused.unknown("there is no release %s in this project".formatted(id));
    }
    if (head.isEmpty()) {
      return notLookedAt(environment.id());
    }
    Optional<Grant> rejected = rejected(id);
    if (rejected.isPresent()) {
      return rejected.get();
    }
    String again = "";
    if (head.get().current().filter(current -> current.release().equals(id)).isPresent()) {
      Convergence there = convergence(environment, release.get(), head.get());
      Optional<String> nothing = nothingToWrite(there);
      if (nothing.isPresent()) {
        return Grant.Refused.contradicting(
            "release %s is what %s has already, and %s"
                .formatted(id.shortForm(), environment.id(), nothing.get()));
      }
      again = "; deployed again, for it writes " + services(there.writable());
    }
    List<Verdict> held = heldBy(environment, release.get());
    if (!held.isEmpty() && !override) {
      return held(environment.id(), held);
    }
    String description = said.reason() + again + overriding(held);
    return new Grant.Deploy(
        recording(environment, release.get(), head.get(), description), held, rollBack);
  }

  /** A hold and a stop keep automation from repairing; a person may pass them over. */
  private Grant repair(DesiredEnvironment environment, boolean override) {
    Optional<EnvironmentHead> head = observed.environment(environment.id()).head();
    if (head.isEmpty()) {
      return notLookedAt(environment.id());
    }
    Optional<ReleaseId> current = head.get().current().map(DeployedRelease::release);
    if (current.isEmpty()) {
      return Grant.Refused.contradicting(
          "nothing was ever deployed to %s: there is nothing to repair it to"
              .formatted(environment.id()));
    }
    Optional<Release> release = observed.release(current.get());
    if (release.isEmpty()) {
      return Grant.Refused.contradicting(
          "release %s, which %s has, is not in the releases table"
              .formatted(current.get(), environment.id()));
    }
    Optional<Grant> rejected = rejected(current.get());
    if (rejected.isPresent()) {
      return rejected.get();
    }
    Convergence there = convergence(environment, release.get(), head.get());
    Optional<String> nothing = nothingToWrite(there);
    if (nothing.isPresent()) {
      return Grant.Refused.contradicting(
          "there is nothing to repair in %s: %s".formatted(environment.id(), nothing.get()));
    }
    List<Verdict> held =
        heldBy(environment, release.get()).stream()
            .filter(verdict -> PromotionPolicy.HOLDING_REPAIR.contains(verdict.gate()))
            .toList();
    if (!held.isEmpty() && !override) {
      return held(environment.id(), held);
    }
    return new Grant.Repair(
        new RepairRequest(
            release.get(),
            head.get(),
            head.get().askedToRepair(),
            observed.interventions().version(),
            said,
            "%s; parameters to write: %s%s"
                .formatted(said.reason(), services(there.writable()), overriding(held))),
        there.writable(),
        held);
  }

  private Convergence convergence(
      DesiredEnvironment environment, Release release, EnvironmentHead head) {
    return Convergence.compare(
        environment, release, head, observed.environment(environment.id()), observed, now);
  }

  /** Why nothing can be written that is not as the current release says; empty if something can. */
  private static Optional<String> nothingToWrite(Convergence there) {
    if (there.differing().isEmpty()) {
      return Optional.of("all its parameters are as deployed");
    }
    if (there.writable().isEmpty()) {
      return Optional.of(
          "what differs cannot be written, the parameter being no String: "
              + services(there.differing()));
    }
    return there.isUnderWay()
        ? Optional.of(
            Words.counted(there.differing().size(), "parameter") + " being written already")
        : Optional.empty();
  }

  private static String services(List<EnvironmentExplanation.Drifted> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.service().value())
        .collect(Collectors.joining(", "));
  }

  private static Grant notLookedAt(EnvironmentId id) {
    return Grant.Refused.contradicting(
        "%s has not been looked at yet; try again in a moment".formatted(id));
  }

  private Optional<Grant> rejected(ReleaseId id) {
    return observed
        .interventions()
        .rejection(id, now)
        .map(
            rejection ->
                Grant.Refused.contradicting(
                    rejected(id, rejection)
                        + "; a rejected release goes nowhere until that is undone"));
  }

  private static Grant held(EnvironmentId environment, List<Verdict> held) {
    return Grant.Refused.held("held in %s by %s".formatted(environment, sentences(held)), held);
  }

  private static String overriding(List<Verdict> overridden) {
    return overridden.isEmpty() ? "" : "; overriding " + sentences(overridden);
  }

  private List<Verdict> heldBy(DesiredEnvironment environment, Release release) {
    PromotionPolicy policy =
        environment
            .promotion()
            .orElseGet(() -> PromotionPolicy.manual(desired.releases().fromLabel()));
    return policy.holdingAPerson(candidate(policy, environment.id(), release));
  }

  /** The release as its source offers it, or as one that was never there. */
  private Candidate candidate(PromotionPolicy policy, EnvironmentId environment, Release release) {
    Source source = policy.from();
    Offer offer =
        Offers.of(source, observed).stream()
            .filter(offered -> offered.release().id().equals(release.id()))
            .findFirst()
            .orElseGet(
                () ->
                    new Offer(
                        release, release.createdAt(), List.of(), false, false, Optional.empty()));
    return Candidates.of(source, environment, observed, now).of(offer);
  }

  private Action.RecordDeployment recording(
      DesiredEnvironment environment, Release release, EnvironmentHead from, String description) {
    String id =
        DerivedId.byPerson(desired.project(), environment.id(), from.version(), release.id(), said);
    var deployment =
        new Deployment(
            Optional.of(id), now, description, environment.id(), environment.name(), said.by());
    var deployed =
        new DeployedRelease(release.id(), release.createdAt(), Optional.of(id), now, Origin.PERSON);
    return new Action.RecordDeployment(
        release,
        deployment,
        Optional.empty(),
        Optional.empty(),
        Optional.of(observed.interventions().version()),
        from,
        pastAllKnown(
            from.deployed(
                deployed, Steadiness.of(observed.environment(environment.id()), observed))));
  }

  /** Whatever the clocks say, the releases that were there when a person chose another stay out. */
  private EnvironmentHead pastAllKnown(EnvironmentHead head) {
    Optional<Instant> newest =
        observed.labels().values().stream()
            .flatMap(label -> label.head().stream())
            .map(LabelHead::releaseCreatedAt)
            .max(Instant::compareTo);
    return newest
        .filter(created -> head.automationAfter().filter(created::isBefore).isEmpty())
        .map(
            created ->
                new EnvironmentHead(
                    head.environment(),
                    head.version(),
                    head.converged(),
                    head.history(),
                    Optional.of(created),
                    head.adoptedUpTo()))
        .orElse(head);
  }

  private Optional<DesiredEnvironment> environment(EnvironmentId id) {
    return desired.environment(id).filter(e -> observed.environments().containsKey(id));
  }

  private Optional<Grant> missing(EnvironmentId id) {
    return environment(id).isPresent() ? Optional.empty() : Optional.of(noSuch(id));
  }

  private Optional<Grant> missing(ReleaseId id) {
    return observed.release(id).isPresent()
        ? Optional.empty()
        : Optional.of(
            Grant.Refused.unknown("there is no release %s in this project".formatted(id)));
  }

  private Grant noSuch(EnvironmentId id) {
    return Grant.Refused.unknown(
        "project %s has no environment %s".formatted(desired.project(), id));
  }

  private static String rejected(ReleaseId id, Intervention rejection) {
    return "release %s was rejected by %s: %s"
        .formatted(id.shortForm(), rejection.by().name(), rejection.reason());
  }

  private static String sentences(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(verdict -> "%s (%s)".formatted(verdict.gate(), verdict.reason()))
        .collect(Collectors.joining(", "));
  }
}
