package dev.onward.status.events;

import dev.onward.model.Label;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.LabelExplanation;
import dev.onward.plan.Words;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.execute.ActionResult;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Failing;
import dev.onward.status.ProjectStatus.Seen;
import dev.onward.status.log.StatusLines;
import dev.onward.store.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The differences between two statuses of a project, whichever replica caused them; empty if
 * nothing changed. On first observation everything is new: then only this process's own actions are
 * published.
 */
final class StatusDiff {
  private final ProjectStatus before;
  private final ProjectStatus after;
  private final List<Action> done;
  private final Collection<Deployment> byPersons;

  private StatusDiff(ProjectStatus before, ProjectStatus after, Collection<Deployment> byPersons) {
    this.before = before;
    this.after = after;
    this.byPersons = byPersons;
    this.done =
        after.lastCycle().map(CycleReport::results).orElse(List.of()).stream()
            .filter(result -> result.outcome().applied())
            .map(ActionResult::action)
            .toList();
  }

  /**
   * @param after the status after exactly one more cycle
   * @param byPersons deployments by people since the previous cycle
   */
  static List<EventDraft> between(
      ProjectStatus before, ProjectStatus after, Collection<Deployment> byPersons) {
    var changes = new StatusDiff(before, after, byPersons);
    var all = new ArrayList<EventDraft>();
    changes.failure().ifPresent(all::add);
    if (after.isReached()) {
      after.seen().ifPresent(seen -> all.addAll(changes.seen(seen)));
    }
    return all;
  }

  private List<EventDraft> seen(Seen seen) {
    var events = new ArrayList<EventDraft>();
    if (before.seen().isEmpty()) {
      events.add(EventDraft.project("seen"));
    }
    releases(seen).forEach((release, label) -> events.add(release(release, label)));
    for (LabelExplanation label : seen.plan().labels().values()) {
      label(label).ifPresent(events::add);
    }
    for (EnvironmentExplanation environment : after.explanations()) {
      Optional<EnvironmentExplanation> was = before.explanation(environment.environment());
      events.addAll(
          new EnvironmentDiff(done, byPersons)
              .between(was, environment, before.seen().isPresent()));
    }
    return events;
  }

  /** Releases cut in this cycle, or found at the end of a label's chain; in order, each once. */
  private Map<Release, Label> releases(Seen seen) {
    var releases = new LinkedHashMap<Release, Label>();
    var known = new ArrayList<ReleaseId>();
    for (Action action : done) {
      if (action instanceof Action.CutRelease cut) {
        releases.put(cut.release(), cut.to().label());
        known.add(cut.release().id());
      }
    }
    for (LabelExplanation label : seen.plan().labels().values()) {
      Optional<LabelExplanation> was = before(label.label());
      label
          .newest()
          .filter(
              newest -> was.isPresent() && !was.flatMap(StatusDiff::newest).equals(newest(label)))
          .filter(newest -> !known.contains(newest.id()))
          .ifPresent(newest -> releases.put(newest, label.label()));
    }
    return releases;
  }

  private static Optional<ReleaseId> newest(LabelExplanation label) {
    return label.newest().map(Release::id);
  }

  private Optional<LabelExplanation> before(Label label) {
    return before.seen().flatMap(seen -> Optional.ofNullable(seen.plan().labels().get(label)));
  }

  static EventDraft composed(Release release) {
    return release(release, Optional.empty());
  }

  private static EventDraft release(Release release, Label label) {
    return release(release, Optional.of(label));
  }

  private static EventDraft release(Release release, Optional<Label> label) {
    return EventDraft.of(StatusEvent.Type.RELEASE)
        .with("release", release.id().value())
        .with("label", label.map(Label::value))
        .with("description", release.description())
        .by(release.requestedBy());
  }

  /** Reasons change while a build publishes service by service; only those of errors count. */
  private Optional<EventDraft> label(LabelExplanation label) {
    if (before.seen().isEmpty()) {
      return Optional.empty();
    }
    boolean wrong =
        label.state() == LabelExplanation.State.REFUSED
            || label.state() == LabelExplanation.State.WAITING;
    boolean same =
        before(label.label())
            .filter(was -> was.state() == label.state())
            .filter(was -> !wrong || was.reasons().equals(label.reasons()))
            .isPresent();
    return same
        ? Optional.empty()
        : Optional.of(
            EventDraft.of(StatusEvent.Type.LABEL)
                .with("label", label.label().value())
                .with("state", Words.of(label.state()))
                .with("reasons", label.reasons()));
  }

  private Optional<EventDraft> failure() {
    Optional<Failing> was = before.failing();
    if (after.failing().isEmpty()) {
      return was.map(failing -> EventDraft.project("recovered"));
    }
    Failure failure = after.failing().get().failure();
    return was.filter(failing -> StatusLines.isSame(failing.failure(), failure)).isPresent()
        ? Optional.empty()
        : Optional.of(
            EventDraft.project("failing")
                .with("kind", failure.kind().word())
                .with("detail", failure.message()));
  }
}
