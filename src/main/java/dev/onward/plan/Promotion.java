package dev.onward.plan;

import dev.onward.model.Source;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import dev.onward.plan.EnvironmentExplanation.Behind;
import dev.onward.plan.EnvironmentExplanation.CandidateExplanation;
import dev.onward.plan.EnvironmentExplanation.Skipped;
import dev.onward.policy.Candidate;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Selects which of its source's releases an environment takes next.
 *
 * <p>Among the releases that are newer than the current one and may be considered, the newest that
 * passes every gate is promoted. If none does, the newest is shown as the candidate.
 *
 * @param chosen the release promoted now
 * @param candidate the release shown, with every verdict
 */
record Promotion(
    Source source,
    Optional<Release> chosen,
    Optional<CandidateExplanation> candidate,
    List<Skipped> skipped,
    Behind behind,
    Set<ExternalQuery> queries) {

  static Promotion consider(
      DesiredEnvironment desired, PromotionPolicy policy, ObservedState observed, Instant now) {
    EnvironmentHead head = observed.environment(desired.id()).head().orElseThrow();
    List<Eligible> newer =
        EligibleReleases.of(policy.from(), observed).stream()
            .filter(eligible -> head.current().map(eligible.release()::newerThan).orElse(true))
            .toList();
    Candidates candidates = Candidates.of(policy.from(), desired.id(), observed, now);
    var skipped = new ArrayList<Skipped>();
    var queries = new HashSet<ExternalQuery>();
    Optional<Judged> newest = Optional.empty();
    Optional<Judged> passing = Optional.empty();
    for (Eligible eligible : newer) {
      Optional<String> reason =
          rejected(eligible.release(), observed, now)
              .or(eligible::unavailable)
              .or(() -> beforeAPersonsWord(eligible, head));
      if (reason.isPresent()) {
        skipped.add(new Skipped(eligible.release(), reason.get(), eligible.gone()));
        continue;
      }
      Candidate candidate = candidates.of(eligible);
      queries.addAll(policy.queries(candidate));
      var judged = new Judged(candidate, policy.judge(candidate));
      newest = newest.or(() -> Optional.of(judged));
      if (judged.passed()) {
        passing = Optional.of(judged);
        break;
      }
    }
    Optional<Judged> shown = passing.isPresent() ? passing : newest;
    return new Promotion(
        policy.from(),
        passing.map(it -> it.candidate().release()),
        shown.map(it -> it.explained(policy)),
        skipped,
        behind(newer),
        queries);
  }

  /** Why the newest release that the source still has is not considered; empty if it has none. */
  String paused() {
    return skipped.stream()
        .filter(skip -> !skip.gone())
        .findFirst()
        .map(Skipped::reason)
        .orElse("");
  }

  private record Judged(Candidate candidate, List<Verdict> verdicts) {
    boolean passed() {
      return verdicts.stream().allMatch(Verdict::passed);
    }

    CandidateExplanation explained(PromotionPolicy policy) {
      return new CandidateExplanation(
          candidate.release(), verdicts, ReadyTimeEstimate.readyAt(policy, candidate, verdicts));
    }
  }

  private static Optional<String> rejected(Release release, ObservedState observed, Instant now) {
    return observed
        .interventions()
        .rejection(release.id(), now)
        .map(
            attribution ->
                "rejected by %s: %s".formatted(attribution.by().name(), attribution.reason()));
  }

  private static Optional<String> beforeAPersonsWord(Eligible eligible, EnvironmentHead head) {
    return head.automationAfter()
        .filter(after -> !decidedAt(eligible.release()).isAfter(after))
        .map(after -> "a person deployed at %s, after it was created".formatted(after));
  }

  /**
   * The creation time of a release as far as people's decisions are concerned. The first release of
   * a label's chain only records what was published long before Onward's first start: it must not
   * undo a person's decision made between its publication and that start.
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

  private static Behind behind(List<Eligible> newer) {
    List<Eligible> there = newer.stream().filter(eligible -> !eligible.gone()).toList();
    return new Behind(there.size(), there.stream().map(Eligible::since).min(Instant::compareTo));
  }
}
