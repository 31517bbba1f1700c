package dev.onward.web.http;

import dev.onward.plan.command.CommandDecision;
import dev.onward.policy.Verdict;
import jakarta.ws.rs.core.Response.Status;
import java.io.Serial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A request is not done; carries the problem that says why. */
public final class CommandRejectedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;
  private final transient List<FieldError> errors;
  private final transient List<HeldBy> heldBy;
  private final transient Optional<String> hint;
  private final boolean perhapsDone;

  public CommandRejectedException(Status status, String detail) {
    this(status.getStatusCode(), detail, List.of(), List.of(), Optional.empty(), false);
  }

  /** It was done in part, or nobody knows whether it was. */
  public static CommandRejectedException perhapsDone(String detail) {
    return new CommandRejectedException(
        Status.SERVICE_UNAVAILABLE.getStatusCode(),
        detail,
        List.of(),
        List.of(),
        Optional.empty(),
        true);
  }

  private CommandRejectedException(
      int status,
      String detail,
      List<FieldError> errors,
      List<HeldBy> heldBy,
      Optional<String> hint,
      boolean perhapsDone) {
    super(detail);
    this.status = status;
    this.errors = List.copyOf(errors);
    this.heldBy = List.copyOf(heldBy);
    this.hint = hint;
    this.perhapsDone = perhapsDone;
  }

  /** All of it can be read, and yet it cannot be. */
  public static CommandRejectedException unprocessable(String detail) {
    return new CommandRejectedException(
        ProblemDetail.UNPROCESSABLE, detail, List.of(), List.of(), Optional.empty(), false);
  }

  static CommandRejectedException invalid(FieldError error) {
    return invalid(List.of(error));
  }

  /** With everything that is wrong, at once. */
  public static CommandRejectedException invalid(List<FieldError> errors) {
    return new CommandRejectedException(
        Status.BAD_REQUEST.getStatusCode(),
        errors.stream().map(FieldError::sentence).collect(Collectors.joining("; ")),
        errors,
        List.of(),
        Optional.empty(),
        false);
  }

  public static CommandRejectedException of(CommandDecision.Refused refused) {
    return switch (refused.kind()) {
      case UNKNOWN -> new CommandRejectedException(Status.NOT_FOUND, refused.reason());
      case CONTRADICTING -> new CommandRejectedException(Status.CONFLICT, refused.reason());
      case HELD ->
          new CommandRejectedException(
              Status.CONFLICT.getStatusCode(),
              refused.reason(),
              List.of(),
              refused.heldBy().stream().map(HeldBy::of).toList(),
              Optional.of(
                  "\"override\": true passes over these gates; they and the reason are recorded"
                      + " with the deployment"),
              false);
    };
  }

  /** A gate that holds what a person wants to deploy. */
  public record HeldBy(String gate, String reason, Optional<Instant> nextEvaluationAt) {
    private static HeldBy of(Verdict verdict) {
      return new HeldBy(
          verdict.gate(),
          verdict.reason(),
          verdict instanceof Verdict.Held held ? held.nextEvaluation() : Optional.empty());
    }
  }

  ProblemDetail problem(String instance) {
    return ProblemDetail.of(status, detail(), instance).with(some(errors), some(heldBy), hint);
  }

  /** All that is wrong with the body. */
  public List<FieldError> errors() {
    return errors;
  }

  /** Why, in a sentence for people. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** It was asked before, and nobody knows yet what became of it. */
  static CommandRejectedException underWay(String detail) {
    return new CommandRejectedException(
        Status.CONFLICT.getStatusCode(), detail, List.of(), List.of(), Optional.empty(), true);
  }

  /** Whether it may have been done all the same. */
  public boolean isPerhapsDone() {
    return perhapsDone;
  }

  /** The gates that hold what was to be deployed. */
  public List<HeldBy> heldBy() {
    return heldBy;
  }

  /** What it is answered with. */
  public int status() {
    return status;
  }

  private static <T> Optional<List<T>> some(List<T> list) {
    return Optional.of(list).filter(all -> !all.isEmpty());
  }
}
