package dev.onward.web.board.view;

import dev.onward.model.Source;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.EnvironmentExplanation.CandidateExplanation;
import dev.onward.plan.SourceSync;
import dev.onward.plan.SourceSync.Status;
import dev.onward.plan.Words;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.GateType;
import dev.onward.policy.gate.GateType.Unblocker;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.status.ProjectStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An environment in five seconds: which release, for how long, and what it waits for.
 *
 * @param says in a few words
 * @param behind such as {@code 2 behind for 3 h}, or how else it relates to its source, as far as
 *     that is not said yet; empty if there is nothing more to say
 * @param why the whole sentence
 */
record EnvironmentSummary(
    String id,
    String name,
    Attention tone,
    Optional<ReleaseTag> release,
    Optional<RelativeTime> deployed,
    String says,
    String behind,
    String why,
    Optional<RelativeTime> readyAt) {
  static EnvironmentSummary of(ProjectStatus status, DesiredEnvironment desired, Instant now) {
    return status
        .explanation(desired.id())
        .map(it -> of(it, desired, now))
        .orElseGet(
            () ->
                new EnvironmentSummary(
                    desired.id().value(),
                    desired.name(),
                    Attention.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    "not evaluated yet",
                    "",
                    "Onward has not looked at it yet",
                    Optional.empty()));
  }

  /** Whether the whole sentence says no more than the few words. */
  public boolean isPlain() {
    return why.equals(says);
  }

  private static EnvironmentSummary of(
      EnvironmentExplanation it, DesiredEnvironment desired, Instant now) {
    return new EnvironmentSummary(
        desired.id().value(),
        desired.name(),
        tone(it, now),
        it.current().map(current -> ReleaseTag.of(current.release())),
        RelativeTime.of(it.current().map(current -> current.deployedAt()), now),
        says(it, desired, now),
        besides(it, desired, now),
        it.summary(),
        RelativeTime.of(it.nextEvaluation(), now));
  }

  static Attention tone(EnvironmentExplanation it, Instant now) {
    if (isWrong(it, now)) {
      return Attention.BROKEN;
    }
    return switch (it.state()) {
      case EMPTY, UNMANAGED -> Attention.NONE;
      case IN_SYNC -> Attention.CALM;
      case AHEAD, DIVERGED -> Attention.APART;
      case BEHIND -> Attention.BROKEN;
      case PROMOTING, CONVERGING -> Attention.MOVING;
      case PAUSED -> Attention.STOPPED;
      case HELD -> heldTone(it.held());
    };
  }

  private static boolean isWrong(EnvironmentExplanation it, Instant now) {
    return isDrifted(it)
        || (!it.converged() && !it.blocked().isEmpty())
        || isRejected(it, now)
        || (it.current().isPresent() && it.currentRelease().isEmpty());
  }

  private static boolean isDrifted(EnvironmentExplanation it) {
    return it.converged() && !it.drift().isEmpty();
  }

  private static boolean isRejected(EnvironmentExplanation it, Instant now) {
    return it.rejection().filter(attribution -> attribution.isInForce(now)).isPresent();
  }

  static Attention heldTone(List<Verdict> held) {
    if (first(held, Unblocker.OPERATOR).isPresent()) {
      return Attention.STOPPED;
    }
    return first(held, Unblocker.PERSON).isPresent() ? Attention.PERSON : Attention.WAITING;
  }

  private static String says(EnvironmentExplanation it, DesiredEnvironment desired, Instant now) {
    if (isRejected(it, now)) {
      return "its release was rejected";
    }
    if (isDrifted(it)) {
      return Words.counted(it.drift().size(), "parameter") + " drifted";
    }
    if (isWrong(it, now)) {
      return "its release is lost";
    }
    return switch (it.state()) {
      case EMPTY -> "nothing deployed yet";
      case UNMANAGED -> "people deploy here";
      case IN_SYNC, BEHIND, AHEAD, DIVERGED ->
          it.sync().map(sync -> relation(sync.status(), desired)).orElse("");
      case PROMOTING -> "promoting " + candidate(it);
      case CONVERGING -> "writing parameters";
      case PAUSED -> "paused; waits for a newer release";
      case HELD -> held(it.held());
    };
  }

  private static String relation(SourceSync.Status status, DesiredEnvironment desired) {
    String from =
        desired.promotion().map(PromotionPolicy::from).map(Source::value).orElse("its source");
    return switch (status) {
      case IN_SYNC -> "in sync with " + from;
      case BEHIND -> "behind " + from;
      case AHEAD -> "ahead of " + from;
      case DIVERGED -> "diverged from " + from;
    };
  }

  private static String besides(
      EnvironmentExplanation it, DesiredEnvironment desired, Instant now) {
    Optional<String> apart =
        it.sync()
            .map(SourceSync::status)
            .filter(status -> status == Status.AHEAD || status == Status.DIVERGED)
            .map(status -> relation(status, desired))
            .filter(relation -> !relation.equals(says(it, desired, now)));
    return Stream.of(apart, behind(it, now))
        .flatMap(Optional::stream)
        .collect(Collectors.joining("; "));
  }

  private static String candidate(EnvironmentExplanation it) {
    return it.candidate()
        .map(CandidateExplanation::release)
        .map(release -> release.id().shortForm())
        .orElse("");
  }

  /** In a few words. */
  static String held(List<Verdict> held) {
    String first = held.isEmpty() ? "held" : waiting(held);
    return held.size() > 1 ? "%s, +%s".formatted(first, held.size() - 1) : first;
  }

  /** Operators' interventions come first, then what waits for a person. */
  private static String waiting(List<Verdict> held) {
    Verdict first =
        first(held, Unblocker.OPERATOR)
            .or(() -> first(held, Unblocker.PERSON))
            .orElse(held.getFirst());
    return GateType.of(first.gate()).map(GateType::label).orElse("held by " + first.gate());
  }

  private static Optional<Verdict> first(List<Verdict> held, Unblocker unblocker) {
    return held.stream()
        .filter(
            verdict ->
                GateType.of(verdict.gate()).filter(it -> it.unblocker() == unblocker).isPresent())
        .findFirst();
  }

  private static Optional<String> behind(EnvironmentExplanation it, Instant now) {
    int releases = it.behind().releases();
    if (releases == 0) {
      return Optional.empty();
    }
    String since =
        it.behind()
            .since()
            .map(at -> " for " + RelativeTime.rough(positive(Duration.between(at, now))))
            .orElse("");
    return Optional.of("%s behind%s".formatted(releases, since));
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /** A release's name on a page. */
  record ReleaseTag(String id, String tag) {
    static ReleaseTag of(ReleaseId id) {
      return new ReleaseTag(id.value(), id.shortForm());
    }
  }
}
