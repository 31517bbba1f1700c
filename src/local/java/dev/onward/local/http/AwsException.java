package dev.onward.local.http;

/** An error as AWS reports it: a code that clients switch on, a message for people, a status. */
public final class AwsException extends RuntimeException {

  private final String code;
  private final int status;

  public AwsException(String code, String message, int status) {
    // Thrown to answer a caller: a stack trace would cost much and tell nobody anything.
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  /** The kind that nearly all AWS errors are: the caller's mistake, status 400. */
  public static AwsException badRequest(String code, String message) {
    return new AwsException(code, message, 400);
  }

  public static AwsException validation(String message) {
    return badRequest("ValidationException", message);
  }

  public String code() {
    return code;
  }

  public String message() {
    return String.valueOf(getMessage());
  }

  public int status() {
    return status;
  }
}
