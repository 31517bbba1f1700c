package dev.onward.probe;

import dev.onward.policy.Verification.Http;
import dev.onward.policy.Verification.JsonValue;
import dev.onward.store.VerificationProbe.Result;

/** Compares a response with what an HTTP check expects. */
final class HttpCheck {
  private HttpCheck() {}

  static Result of(Http expected, BoundedHttpClient.Answered answer) {
    if (answer.status() != expected.status()) {
      return new Result(false, otherStatus(answer, expected.status()));
    }
    String status = "status " + answer.status();
    if (answer.body().tooLong()) {
      return new Result(false, "%s, but %s".formatted(status, tooLong()));
    }
    return expected
        .json()
        .map(value -> judge(status, value, answer.body()))
        .orElseGet(() -> new Result(true, status));
  }

  static String otherStatus(BoundedHttpClient.Answered answer, int expected) {
    String redirect = answer.isRedirect() ? " (a redirect, which is not followed)" : "";
    return "status %s%s, expected %s".formatted(answer.status(), redirect, expected);
  }

  static String tooLong() {
    return "the response is longer than %s KiB".formatted(BoundedBody.LIMIT / 1024);
  }

  private static Result judge(String status, JsonValue expected, Body body) {
    String wanted = expected.expected();
    String where = expected.pointer();
    return switch (JsonScalar.find(where, body.text())) {
      case JsonScalar.Found(String text) ->
          text.equals(wanted)
              ? new Result(true, "%s, %s is %s".formatted(status, where, Texts.quoted(text)))
              : new Result(
                  false,
                  "%s is %s, expected %s"
                      .formatted(where, Texts.quoted(text), Texts.quoted(wanted)));
      case JsonScalar.NotFound(String reason) ->
          new Result(false, "%s, expected %s".formatted(reason, Texts.quoted(wanted)));
    };
  }
}
