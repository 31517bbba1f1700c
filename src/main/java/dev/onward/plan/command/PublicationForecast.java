package dev.onward.plan.command;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.plan.Action;
import dev.onward.plan.DesiredState;
import dev.onward.plan.LabelExplanation;
import dev.onward.plan.ObservedLabel;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.plan.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The consequences of publishing images under a label if nothing else changes: the release, and how
 * far it is promoted immediately, computed by the planner that would do it. Nothing is written.
 *
 * @param summary one sentence, such as {@code in about 30 s a release, then stage, then prod}
 * @param next the resulting deployments and the state of every environment afterwards
 */
public record PublicationForecast(String summary, Preview next) {
  /** Plans as the daemon would at a given time, with external queries answered. */
  public interface Planning {
    Plan plan(ObservedState observed, Instant at);
  }

  /**
   * Empty if every image is already published.
   *
   * @param observed before the publication
   */
  public static Optional<PublicationForecast> of(
      Planning planning,
      DesiredState desired,
      ObservedState observed,
      Label label,
      SortedMap<ServiceId, ImageRef> images,
      Instant now) {
    if (!desired.watchedLabels().contains(label)) {
      return Optional.of(unwatched(planning, observed, label, now));
    }
    ObservedLabel before = observed.label(label);
    ObservedLabel published = before.published(images);
    if (published.equals(before)) {
      return Optional.empty();
    }
    Optional<Instant> settled =
        explanation(planning.plan(observed.withLabel(label, published), now), label).settlesAt();
    Duration wait = settled.map(at -> Duration.between(published.asOf(), at)).orElse(Duration.ZERO);
    ObservedState then =
        observed.withLabel(label, settled.map(published::stillAt).orElse(published));
    Instant at = now.plus(wait);
    Preview next = Preview.of(state -> planning.plan(state, at), observed, then);
    return Optional.of(new PublicationForecast(summary(label, wait, next), next));
  }

  private static PublicationForecast unwatched(
      Planning planning, ObservedState observed, Label label, Instant now) {
    return new PublicationForecast(
        "no release: the manifest cuts none from '%s'".formatted(label),
        Preview.of(state -> planning.plan(state, now), observed, observed));
  }

  private static String summary(Label label, Duration wait, Preview next) {
    LabelExplanation explanation = explanation(next.after(), label);
    if (explanation.state() != LabelExplanation.State.CUTTING) {
      return "no release: " + explanation.summary();
    }
    Release release = cut(next.after(), label);
    String when = wait.isPositive() ? "in about " + Words.of(roundedUp(wait)) : "at once";
    return next.deployments().stream()
        .filter(step -> step.to().id().equals(release.id()))
        .map(step -> ", then " + step.environment())
        .collect(Collectors.joining("", when + " a release", ""));
  }

  private static LabelExplanation explanation(Plan plan, Label label) {
    return Optional.ofNullable(plan.labels().get(label)).orElseThrow();
  }

  private static Release cut(Plan plan, Label label) {
    return plan.actions().stream()
        .filter(Action.CutRelease.class::isInstance)
        .map(Action.CutRelease.class::cast)
        .filter(cut -> cut.to().label().equals(label))
        .findFirst()
        .orElseThrow()
        .release();
  }

  private static Duration roundedUp(Duration wait) {
    Duration seconds = wait.truncatedTo(ChronoUnit.SECONDS);
    return seconds.equals(wait) ? wait : seconds.plusSeconds(1);
  }
}
