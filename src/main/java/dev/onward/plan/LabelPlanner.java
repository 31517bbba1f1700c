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
 * Decides whether a release is cut from one label. The first rule that applies decides:
 *
 * <ol>
 *   <li>no parameters: nothing to release
 *   <li>a parameter that is no image: the whole set is refused
 *   <li>the set is the newest release's: nothing to do
 *   <li>a required service is missing: wait for it
 *   <li>a service vanished and only one listing says so: wait for the next one
 *   <li>the set changed less than the quiet period ago, and the changes have not gone on for the
 *       maximum wait: let it settle
 *   <li>an operator stopped everything: cut nothing
 *   <li>cut
 * </ol>
 *
 * <p>For a person who wants one cut now the same rules hold, but for the last two before the cut.
 */
public final class LabelPlanner {
  /** So many services are named one by one. */
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
   * A person need not wait until the label has settled, and a stop ends automation's decisions, not
   * theirs; but what is not complete is no release, whoever asks for it.
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

  /** The rules that hold for automation and for persons: what is there is no new, whole set. */
  private Optional<Decision> nothingToCut(
      Label label, ObservedLabel seen, Optional<Release> newest) {
    var unchanged = new NoCut(label, newest);
    if (seen.head().isPresent() && newest.isEmpty()) {
      return unchanged.certainly(
          State.REFUSED,
          "release %s, which the label's head names, is not in the releases table"
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
          "%s vanished; waiting for a second listing to agree".formatted(listed(unsure)));
    }
    return Optional.empty();
  }

  /** A tag that moves is said: what is deployed may change while no parameter does. */
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
          "a tag that moves, such as latest, is all that names the image of %s: a release does not"
                  .formatted(more > 0 ? "%s and %s more".formatted(names, more) : names)
              + " freeze what is behind it");
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
   * When the set will have settled; absent if it has. Only a change of the set restarts the wait; a
   * put of the same value does not.
   *
   * <p>Dates are compared with the time at which they were read, by the clock that made them: this
   * machine's clock, should it be ahead, would end every wait at once. What this process has
   * watched itself, on a clock that never jumps, bounds the wait: a clock that is behind, where the
   * store does not give its own time, makes it at most once longer; and the part of a second by
   * which a change may be later than the store's time does not count against a quiet period of
   * zero.
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
                "%s is '%s', which is no image reference such as host/namespace/name:tag"
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

  /** Builds the answers that cut nothing. */
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
