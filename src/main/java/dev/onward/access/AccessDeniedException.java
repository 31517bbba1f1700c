package dev.onward.access;

import dev.onward.model.Requester;
import java.io.Serial;
import java.util.Optional;

/** Somebody is not let; says so in a sentence for them. */
public final class AccessDeniedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String detail;
  private final transient Optional<Requester> who;

  private AccessDeniedException(Kind kind, String detail, Optional<Requester> who) {
    super(detail);
    this.kind = kind;
    this.detail = detail;
    this.who = who;
  }

  public static AccessDeniedException unauthenticated(String detail) {
    return new AccessDeniedException(Kind.UNAUTHENTICATED, detail, Optional.empty());
  }

  public static AccessDeniedException forbidden(String detail) {
    return new AccessDeniedException(Kind.FORBIDDEN, detail, Optional.empty());
  }

  public static AccessDeniedException forbidden(Requester who, String detail) {
    return new AccessDeniedException(Kind.FORBIDDEN, detail, Optional.of(who));
  }

  public static AccessDeniedException wrongContentType(String detail) {
    return new AccessDeniedException(Kind.WRONG_CONTENT_TYPE, detail, Optional.empty());
  }

  public static AccessDeniedException unavailable(String detail) {
    return new AccessDeniedException(Kind.UNAVAILABLE, detail, Optional.empty());
  }

  public Kind kind() {
    return kind;
  }

  public String detail() {
    return detail;
  }

  /** Whoever was not let, if they are known. */
  public Optional<Requester> who() {
    return who;
  }

  /** Why. */
  public enum Kind {
    /** Nobody knows who asks. */
    UNAUTHENTICATED,
    /** Whoever asks may not. */
    FORBIDDEN,
    /** What a page elsewhere could have sent is not taken for a person's wish. */
    WRONG_CONTENT_TYPE,
    /** Nobody can find out who asks now. */
    UNAVAILABLE
  }
}
