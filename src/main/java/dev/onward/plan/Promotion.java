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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    Behind behind) {

  static Promotion consider(
      DesiredEnvironment desired, PromotionPolicy policy, ObservedState observed, Instant now) {
    EnvironmentHead head = observed.environment(desired.id()).head().orElseThrow();
    List<Offer> newer =
        Offers.of(policy.from(), observed).stream()
            .filter(offer -> isNewer(offer.release(), head.current()))
            .toList();
    var skipped = new ArrayList<Skipped>();
    var judged = new ArrayList<CandidateExplanation>();
    for (Offer offer : newer) {
      Optional<String> reason = offer.unavailable().or(() -> beforeAPersonsWord(offer, head));
      if (reason.isPresent()) {
        skipped.add(new Skipped(offer.release(), reason.get()));
        continue;
      }
      var candidate = judge(offer, desired, policy, observed, now);
      judged.add(candidate);
      if (candidate.passed()) {
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
        behind(newer));
  }

  private static CandidateExplanation judge(
      Offer offer,
      DesiredEnvironment desired,
      PromotionPolicy policy,
      ObservedState observed,
      Instant now) {
    var candidate =
        new Candidate(
            offer.release(),
            policy.from(),
            desired.id(),
            convergedIn(policy.from(), offer, observed),
            now);
    return new CandidateExplanation(offer.release(), policy.judge(candidate));
  }

  private static boolean convergedIn(Source source, Offer offer, ObservedState observed) {
    if (!(source instanceof EnvironmentId environment)) {
      return true;
    }
    return observed
        .environment(environment)
        .head()
        .filter(head -> isCurrent(offer.release(), head))
        .map(EnvironmentHead::converged)
        .orElse(true);
  }

  private static boolean isCurrent(Release release, EnvironmentHead head) {
    return head.current().filter(current -> current.release().equals(release.id())).isPresent();
  }

  private static boolean isNewer(Release release, Optional<DeployedRelease> current) {
    return current.map(c -> !c.release().equals(release.id()) && isAfter(release, c)).orElse(true);
  }

  private static boolean isAfter(Release release, DeployedRelease current) {
    int byDate = release.createdAt().compareTo(current.releaseCreatedAt());
    return byDate > 0 || (byDate == 0 && release.id().compareTo(current.release()) > 0);
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
