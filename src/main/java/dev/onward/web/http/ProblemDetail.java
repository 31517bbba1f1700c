package dev.onward.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.onward.model.InvalidValueException;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What went wrong with a request, as RFC 9457 has it. The type is {@code about:blank}: the status
 * says all that machines need.
 *
 * @param title the status in words
 * @param detail a sentence for people
 * @param instance the path that was asked for
 * @param found what was in the request, where something in it is invalid
 * @param allowed what would have been accepted instead
 * @param errors all that is wrong with the body
 * @param heldBy the gates that hold what was to be deployed
 * @param hint what to do about it
 * @param requestId of the request, by which the log and the audit trail can be searched
 */
@Schema(name = "Problem")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ProblemDetail(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    Optional<String> found,
    Optional<String> allowed,
    Optional<List<FieldError>> errors,
    Optional<List<CommandRejectedException.HeldBy>> heldBy,
    Optional<String> hint,
    Optional<String> requestId) {
  /** A status that JAX-RS does not know. */
  static final int UNPROCESSABLE = 422;

  public static final String MEDIA_TYPE = "application/problem+json";

  /** One that is about nothing in the body and about no gate. */
  ProblemDetail(
      String type,
      String title,
      int status,
      String detail,
      String instance,
      Optional<String> found,
      Optional<String> allowed) {
    this(
        type,
        title,
        status,
        detail,
        instance,
        found,
        allowed,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static ProblemDetail of(int status, String detail, String instance) {
    return of(status, detail, instance, Optional.empty(), Optional.empty());
  }

  static ProblemDetail of(InvalidValueException e, String instance) {
    return of(
        Status.BAD_REQUEST.getStatusCode(),
        String.valueOf(e.getMessage()),
        instance,
        Optional.of(e.found()),
        Optional.of(e.allowed()));
  }

  private static ProblemDetail of(
      int status,
      String detail,
      String instance,
      Optional<String> found,
      Optional<String> allowed) {
    return new ProblemDetail(
        "about:blank", title(status), status, detail, instance, found, allowed);
  }

  public ProblemDetail with(
      Optional<List<FieldError>> newErrors,
      Optional<List<CommandRejectedException.HeldBy>> newHeldBy,
      Optional<String> newHint) {
    return new ProblemDetail(
        type, title, status, detail, instance, found, allowed, newErrors, newHeldBy, newHint,
        requestId);
  }

  ProblemDetail of(String request) {
    return new ProblemDetail(
        type,
        title,
        status,
        detail,
        instance,
        found,
        allowed,
        errors,
        heldBy,
        hint,
        Optional.of(request));
  }

  private static String title(int status) {
    return status == UNPROCESSABLE
        ? "Unprocessable Content"
        : Optional.ofNullable(Status.fromStatusCode(status))
            .map(Status::getReasonPhrase)
            .orElse("Error");
  }
}
