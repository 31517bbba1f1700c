package dev.onward.web.http;

import dev.onward.access.AccessDeniedException;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.access.Scope;
import dev.onward.access.http.CallerResolver;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.status.ProjectStatus;
import dev.onward.status.StatusSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What whoever asks may see of the {@link StatusSnapshot}: every face that shows something reads it
 * here. What they may not see does not exist for them, in the very same words.
 *
 * <p>Every method throws {@link AccessDeniedException} for whoever may not see anything.
 */
@ApplicationScoped
public class VisibleProjects {
  private final Supplier<Caller> reader;
  private final StatusSnapshot board;
  private final InstantSource clock;

  @Inject
  VisibleProjects(CallerResolver callers, StatusSnapshot board, SkewCorrectedClock clock) {
    this(callers::reader, board, clock);
  }

  public VisibleProjects(Supplier<Caller> reader, StatusSnapshot board, InstantSource clock) {
    this.reader = reader;
    this.board = board;
    this.clock = clock;
  }

  /** By the clock that dates what is shown. */
  public Instant now() {
    return clock.instant();
  }

  /** By id. */
  public Collection<ProjectStatus> projects() {
    Caller caller = reader.get();
    return board.projects().stream()
        .filter(status -> caller.maySee(status.desired().project()))
        .toList();
  }

  public Optional<ProjectStatus> project(ProjectId id) {
    Caller caller = reader.get();
    return board.project(id).filter(status -> caller.maySee(id));
  }

  /** Throws {@link NotFoundException}. */
  public ProjectStatus existing(String project) {
    var id = new ProjectId(project);
    return project(id).orElseThrow(() -> NotFoundException.project(id, manifests()));
  }

  /** Whether something of a project may be shown, in force or not. */
  public boolean maySee(ProjectId project) {
    return reader.get().maySee(project);
  }

  /** Whether whoever asks sees what everybody sees who may see everything. */
  public boolean seesEverything() {
    return reader.get().may(Role.VIEWER, new Scope.Everything());
  }

  /** What operators have said about everything concerns everybody. */
  public InterventionState globalInterventions() {
    var _ = reader.get();
    return board.globalInterventions();
  }

  /**
   * What is wrong with a file as a whole may tell of any project in it, so only those see it who
   * may see everything.
   */
  public Manifests manifests() {
    Caller caller = reader.get();
    return board.manifests().only(caller::maySee, caller.may(Role.VIEWER, new Scope.Everything()));
  }
}
