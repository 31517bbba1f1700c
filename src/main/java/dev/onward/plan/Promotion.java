package dev.onward.plan;

import dev.onward.model.DeployedRelease;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Release;
import dev.onward.model.ReleaseManifest.ImageOrigin;
import dev.onward.model.Source;
import dev.onward.plan.EnvironmentExplanation.Behind;
import dev.onward.plan.EnvironmentExplanation.CandidateExplanation;
import dev.onward.plan.EnvironmentExplanation.Skipped;
import dev.onward.policy.Candidate;
import dev.onward.policy.PromotionPolicy;
import dev.onward.policy.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of its source's releases an environment takes next.
 *
 * <p>Among the releases that are newer than the current one and may be considered at all, the
 * newest whose every gate passes goes. While none does, the newest is the candidate that people
 * see.
 *
 * @param chosen the release that goes now
 * @param candidate what people are shown, with every verdict
 */
record Promotion(
    Source source,
    Optional<Release> chosen,
    Optional<CandidateExplanation> candidate,
    List<Skipped> skipped,
    Behind behind,
    Set<Question> questions) {

  static Promotion consider(
      DesiredEnvironment desired, PromotionPolicy policy, ObservedState observed, Instant now) {
    EnvironmentHead head = observed.environment(desired.id()).head().orElseThrow();
    List<Offer> newer =
        Offers.of(policy.from(), observed).stream()
            .filter(offer -> head.current().map(offer.release()::newerThan).orElse(true))
            .toList();
    var skipped = new ArrayList<Skipped>();
    var judged = new ArrayList<CandidateExplanation>();
    var questions = new HashSet<Question>();
    for (Offer offer : newer) {
      Optional<String> reason =
          rejected(offer.release(), observed, now)
              .or(offer::unavailable)
              .or(() -> beforeAPersonsWord(offer, head));
      if (reason.isPresent()) {
        skipped.add(new Skipped(offer.release(), reason.get()));
        continue;
      }
      Candidate candidate = candidate(offer, policy.from(), desired.id(), observed, now);
      var verdicts = policy.judge(candidate);
      var explained =
          new CandidateExplanation(
              offer.release(), verdicts, Foresight.readyAt(policy, candidate, verdicts));
      questions.addAll(policy.questions(candidate));
      judged.add(explained);
      if (explained.passed()) {
        break;
      }
    }
    Optional<CandidateExplanation> passing =
        judged.stream().filter(CandidateExplanation::passed).findFirst();
    return new Promotion(
        policy.from(),
        passing.map(CandidateExplanation::release),
        passing.or(() -> judged.stream().findFirst()),
        skipped,
        behind(newer),
        questions);
  }

  /** The offered release with every fact that gates judge it by. */
  static Candidate candidate(
      Offer offer, Source source, EnvironmentId target, ObservedState observed, Instant now) {
    Optional<ObservedEnvironment> upstream =
        source instanceof EnvironmentId id
            ? Optional.of(observed.environment(id))
            : Optional.empty();
    Optional<EnvironmentHead> upstreamHead = upstream.flatMap(ObservedEnvironment::head);
    return new Candidate(
        offer.release(),
        source,
        target,
        !offer.current() || upstreamHead.map(EnvironmentHead::converged).orElse(true),
        offer.stays(),
        offer.current(),
        upstream.filter(seen -> offer.isSettledIn(seen)).isPresent(),
        upstream.map(seen -> seen.misplaced(observed)).orElseGet(TreeSet::new),
        observed.environment(target).head().map(EnvironmentHead::history).orElse(List.of()).stream()
            .map(DeployedRelease::deployedAt)
            .toList(),
        observed.everywhere(),
        observed.interventions(),
        observed.answers(),
        now);
  }

  private static Optional<String> rejected(Release release, ObservedState observed, Instant now) {
    return observed
        .interventions()
        .rejection(release.id(), now)
        .map(said -> "rejected by %s: %s".formatted(said.by().name(), said.reason()));
  }

  private static Optional<String> beforeAPersonsWord(Offer offer, EnvironmentHead head) {
    return head.automationAfter()
        .filter(after -> !decidedAt(offer.release()).isAfter(after))
        .map(after -> "a person deployed at %s, after it was created".formatted(after));
  }

  /**
   * When a release came to be, as far as people's decisions go. The first release of a label's
   * chain only records what was published long before Onward looked: it must not undo what a person
   * chose between its publication and Onward's first start.
   */
  private static Instant decidedAt(Release release) {
    var manifest = release.manifest();
    if (manifest.label().isEmpty() || manifest.previous().isPresent()) {
      return release.createdAt();
    }
    return manifest.services().values().stream()
        .map(ImageOrigin::publishedAt)
        .max(Instant::compareTo)
        .filter(published -> published.isBefore(release.createdAt()))
        .orElse(release.createdAt());
  }

  private static Behind behind(List<Offer> newer) {
    return new Behind(newer.size(), newer.stream().map(Offer::since).min(Instant::compareTo));
  }
}
