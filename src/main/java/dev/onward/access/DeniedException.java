package dev.onward.access;

import dev.onward.model.Requester;
import java.io.Serial;
import java.util.Optional;

/** Somebody is not let; says so in a sentence for them. */
public final class DeniedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String detail;
  private final transient Optional<Requester> who;

  private DeniedException(Kind kind, String detail, Optional<Requester> who) {
    super(detail);
    this.kind = kind;
    this.detail = detail;
    this.who = who;
  }

  static DeniedException unauthenticated(String detail) {
    return new DeniedException(Kind.UNAUTHENTICATED, detail, Optional.empty());
  }

  static DeniedException forbidden(String detail) {
    return new DeniedException(Kind.FORBIDDEN, detail, Optional.empty());
  }

  static DeniedException forbidden(Requester who, String detail) {
    return new DeniedException(Kind.FORBIDDEN, detail, Optional.of(who));
  }

  static DeniedException wrongContentType(String detail) {
    return new DeniedException(Kind.WRONG_CONTENT_TYPE, detail, Optional.empty());
  }

  static DeniedException unavailable(String detail) {
    return new DeniedException(Kind.UNAVAILABLE, detail, Optional.empty());
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
