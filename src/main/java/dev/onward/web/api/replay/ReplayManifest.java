package dev.onward.web.api.replay;

import dev.onward.manifest.Manifests;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import dev.onward.web.http.FieldError;
import dev.onward.web.http.ProblemDetail;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The manifest that is to be tried, as far as it could be understood. */
sealed interface ReplayManifest {
  record Usable(DesiredState desired) implements ReplayManifest {}

  /**
   * It cannot be tried.
   *
   * @param errors every one of them, in whichever project; none if it just lacks the project
   */
  record Unusable(String detail, List<FieldError> errors) implements ReplayManifest {
    /** Well formed as a request, but its content cannot be used. */
    static final int STATUS = 422;

    public Unusable {
      errors = List.copyOf(errors);
    }

    ProblemDetail problem(String instance) {
      return ProblemDetail.of(STATUS, detail, instance)
          .with(
              Optional.of(errors).filter(all -> !all.isEmpty()),
              Optional.empty(),
              Optional.empty());
    }
  }

  /**
   * Refused if it is more than can be replayed.
   *
   * @param releases how many releases are read at most
   */
  default ReplayManifest within(int releases) {
    if (!(this instanceof Usable(DesiredState desired))) {
      return this;
    }
    List<FieldError> exceeded = ReplayLimits.exceeded(desired, releases);
    return exceeded.isEmpty() ? this : unusable(exceeded);
  }

  /** The project's part of what the text of a request asks for. */
  static ReplayManifest of(ProjectId project, Manifests read) {
    Optional<DesiredState> desired = Optional.ofNullable(read.projects().get(project));
    if (desired.isPresent()) {
      return new Usable(desired.get());
    }
    List<FieldError> errors =
        read.problems().stream()
            .filter(ManifestProblem::isError)
            .map(ReplayManifest::error)
            .toList();
    return errors.isEmpty()
        ? new Unusable("the manifest does not hold the project '%s'".formatted(project), List.of())
        : unusable(errors);
  }

  private static Unusable unusable(List<FieldError> errors) {
    return new Unusable(
        errors.stream().map(FieldError::sentence).collect(Collectors.joining("; ")), errors);
  }

  private static FieldError error(ManifestProblem problem) {
    String place = problem.path().isEmpty() ? "manifest" : problem.path();
    return new FieldError(
        problem.line().isPresent()
            ? "%s, line %s".formatted(place, problem.line().getAsInt())
            : place,
        problem.found(),
        problem.allowed());
  }
}
