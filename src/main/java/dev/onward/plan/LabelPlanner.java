package dev.onward.plan;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.plan.LabelExplanation.State;
import dev.onward.policy.ReleasePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides whether a release is cut from one label. The first matching rule applies:
 *
 * <ol>
 *   <li>no parameters: nothing to release
 *   <li>a parameter that is not an image: the whole set is refused
 *   <li>the set equals the newest release: nothing to do
 *   <li>a required service is missing: wait for it
 *   <li>a service disappeared, seen by one listing only: wait for the next one
 *   <li>the set changed within the quiet period, and the changes have not continued for the maximum
 *       wait: let it settle
 *   <li>an operator stopped automation: cut nothing
 *   <li>cut
 * </ol>
 *
 * <p>For a cut requested by an operator the same rules apply, except the two before the last.
 */
public final class LabelPlanner {
  /** Services listed by name; more are only counted. */
  private static final int NAMED = 5;

  private final DesiredState desired;
  private final ReleasePolicy policy;
  private final Instant now;

  public LabelPlanner(DesiredState desired, Instant now) {
    this.desired = desired;
    this.policy = desired.releases();
    this.now = now;
  }

  /** The explanation, and the action if a release is to be cut. */
  public record Decision(LabelExplanation explanation, Optional<Action.CutRelease> cut) {}

  Decision decide(Label label, ObservedState observed) {
    var seen = observed.label(label);
    Optional<Release> newest = newest(seen, observed);
    var unchanged = new NoCut(label, newest);
    Optional<Decision> nothing = nothingToCut(label, seen, newest);
    if (nothing.isPresent()) {
      return nothing.get();
    }
    Optional<Instant> readyAt = settlesAt(seen);
    if (readyAt.isPresent()) {
      return unchanged.because(
          State.SETTLING,
          List.of(
              "%s changed; waiting until nothing changes for %s"
                  .formatted(
                      listed(seen.images().changedFrom(images(newest))),
                      Words.of(policy.quietPeriod()))),
          readyAt);
    }
    Optional<Attribution> stop = observed.stop(now);
    if (stop.isPresent()) {
      return unchanged.because(
          State.STOPPED,
          List.of(
              "stopped by %s since %s: %s"
                  .formatted(stop.get().by().name(), stop.get().at(), stop.get().reason())),
          stop.get().until());
    }
    return cut(label, seen, newest, observed, Optional.empty());
  }

  /**
   * An operator need not wait for the quiet period, and a stop only ends automation's decisions; an
   * incomplete set is never a release.
   */
  public Decision cutBy(Attribution attribution, Label label, ObservedState observed) {
    var seen = observed.label(label);
    Optional<Release> newest = newest(seen, observed);
    return nothingToCut(label, seen, newest)
        .orElseGet(() -> cut(label, seen, newest, observed, Optional.of(attribution)));
  }

  private static Optional<Release> newest(ObservedLabel seen, ObservedState observed) {
    return seen.head().flatMap(head -> observed.release(head.release()));
  }

  private static ImageSet images(Optional<Release> newest) {
    return newest.map(Release::images).orElse(ImageSet.EMPTY);
  }

  /** The rules that apply to automation and operators alike: the label has no new, complete set. */
  private Optional<Decision> nothingToCut(
      Label label, ObservedLabel seen, Optional<Release> newest) {
    var unchanged = new NoCut(label, newest);
    if (seen.head().isPresent() && newest.isEmpty()) {
      return unchanged.certainly(
          State.REFUSED,
          "release %s, named by the label's head, is not in the releases table"
              .formatted(seen.head().get().release()));
    }
    if (seen.parameters().isEmpty()) {
      return unchanged.certainly(State.EMPTY, "no image is published under '%s'".formatted(label));
    }
    List<String> refused = refusedParameters(label, seen);
    if (!refused.isEmpty()) {
      return Optional.of(unchanged.because(State.REFUSED, refused, Optional.empty()));
    }
    ImageSet images = seen.images();
    ImageSet released = images(newest);
    if (newest.isPresent() && images.changedFrom(released).isEmpty()) {
      return Optional.of(
          unchanged.because(State.RELEASED, released(seen.images()), Optional.empty()));
    }
    var missing = new TreeSet<>(policy.services());
    missing.removeAll(seen.parameters().keySet());
    if (!missing.isEmpty()) {
      return unchanged.certainly(
          State.WAITING, "waiting for %s to be published".formatted(listed(missing)));
    }
    var unsure = new TreeSet<>(released.images().keySet());
    unsure.removeAll(seen.parameters().keySet());
    unsure.removeIf(gone -> seen.servicesBefore().map(s -> !s.contains(gone)).orElse(false));
    if (!unsure.isEmpty()) {
      return unchanged.certainly(
          State.WAITING,
          "%s disappeared; waiting for a second listing to confirm".formatted(listed(unsure)));
    }
    return Optional.empty();
  }

  /** Moving tags are mentioned: what is deployed may change without any parameter changing. */
  private static List<String> released(ImageSet images) {
    var reasons = new ArrayList<>(List.of("every image is in the newest release"));
    var moving = new TreeSet<ServiceId>();
    images
        .images()
        .forEach(
            (service, image) -> {
              if (image.moves()) {
                moving.add(service);
              }
            });
    if (!moving.isEmpty()) {
      String names =
          moving.stream().limit(NAMED).map(ServiceId::value).collect(Collectors.joining(", "));
      int more = moving.size() - NAMED;
      reasons.add(
          "the image of %s is identified only by a moving tag such as latest: a release does not"
                  .formatted(more > 0 ? "%s and %s more".formatted(names, more) : names)
              + " freeze the image behind it");
    }
    return List.copyOf(reasons);
  }

  private Decision cut(
      Label label,
      ObservedLabel seen,
      Optional<Release> newest,
      ObservedState observed,
      Optional<Attribution> attribution) {
    Release release =
        ReleaseFactory.of(
            desired, label, seen, newest, MonotonicCreationTime.of(observed, now), attribution);
    var head =
        new LabelHead(
            label,
            release.id(),
            release.createdAt(),
            seen.head().map(LabelHead::version).orElse(0L) + 1);
    return new Decision(
        new LabelExplanation(
            label, State.CUTTING, newest, List.of(release.description()), Optional.empty()),
        Optional.of(new Action.CutRelease(release, seen.head(), head)));
  }

  /**
   * When the quiet period ends; absent if it has. Only a change of the set restarts it; writing the
   * same value again does not.
   *
   * <p>Dates are compared with the time at which they were read, by the clock that set them: this
   * machine's clock, if it is ahead, would end every wait immediately. What this process has
   * watched itself, by a monotonic clock, limits the wait: if the store does not report its own
   * time, a clock that is behind at most doubles it; and the fraction of a second by which a change
   * may be later than the store's time does not count against a quiet period of zero.
   */
  private Optional<Instant> settlesAt(ObservedLabel seen) {
    Duration quiet = policy.quietPeriod();
    Instant changed =
        seen.changedAt()
            .or(
                () ->
                    seen.parameters().values().stream()
                        .map(ObservedParameter::lastModified)
                        .max(Instant::compareTo))
            .orElse(Instant.MIN);
    Instant byItsDates = changed.plus(quiet);
    Instant byWatching = seen.asOf().plus(quiet).minus(seen.unchangedFor());
    Instant ready = byItsDates.isBefore(byWatching) ? byItsDates : byWatching;
    Optional<Instant> latest = seen.changingSince().map(since -> since.plus(policy.maxWait()));
    if (latest.isPresent() && latest.get().isBefore(ready)) {
      ready = latest.get();
    }
    return ready.isAfter(seen.asOf()) ? Optional.of(ready) : Optional.empty();
  }

  private List<String> refusedParameters(Label label, ObservedLabel seen) {
    var reasons = new ArrayList<String>();
    for (ObservedParameter parameter : seen.parameters().values()) {
      String name = "/%s/images/%s/%s".formatted(desired.project(), label, parameter.service());
      switch (parameter.value()) {
        case ObservedParameter.Value.Image(ImageRef image) -> {}
        case ObservedParameter.Value.NotAnImage(String text) ->
            reasons.add(
                "%s is '%s', which is not an image reference such as host/namespace/name:tag"
                    .formatted(name, text));
        case ObservedParameter.Value.WrongType(String type) ->
            reasons.add("%s is a %s; only a String can name an image".formatted(name, type));
      }
    }
    return reasons;
  }

  private static String listed(SortedSet<ServiceId> services) {
    return services.stream().map(ServiceId::value).collect(Collectors.joining(", "));
  }

  /** Builds the decisions that cut nothing. */
  private record NoCut(Label label, Optional<Release> newest) {
    Optional<Decision> certainly(State state, String reason) {
      return Optional.of(because(state, List.of(reason), Optional.empty()));
    }

    Decision because(State state, List<String> reasons, Optional<Instant> nextEvaluation) {
      return new Decision(
          new LabelExplanation(label, state, newest, reasons, nextEvaluation), Optional.empty());
    }
  }
}
