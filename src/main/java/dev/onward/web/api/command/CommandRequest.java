package dev.onward.web.api.command;

import dev.onward.model.InvalidValueException;
import dev.onward.model.PrintableText;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Attribution;
import dev.onward.web.http.CommandRejectedException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request that wants something done: who asks, whether only to see what would come of it, and the
 * fields of its body. A resource reads the fields of its own first and {@link #attribution} last.
 */
record CommandRequest(Requester by, boolean dryRun, Fields fields, Instant now) {
  private static final String EXPECTED_VERSION = "expected_version";
  private static final String REASON =
      "a line of text of 1 to %s characters, with something to be seen in it and none that turns its direction"
          .formatted(Attribution.LONGEST_REASON);

  Supplier<Optional<Instant>> from() {
    return fields.optional("from", TimeParser.MOMENT, text -> TimeParser.moment(text, now));
  }

  Supplier<Optional<Instant>> until() {
    return until(Optional.empty());
  }

  Supplier<Optional<Instant>> until(Optional<Instant> from) {
    return fields.optional(
        "until", TimeParser.MOMENT_OR_DURATION, text -> TimeParser.end(text, from, now));
  }

  Attribution attribution() {
    return attribution(Optional::empty);
  }

  /**
   * Of an act that does not depend on what operators have said. Throws as {@link #attribution()}.
   */
  Attribution unattributed() {
    Supplier<String> reason = fields.required("reason", REASON, CommandRequest::reason);
    fields.check();
    return new Attribution(by, now, reason.get(), Optional.empty());
  }

  /** Throws {@link CommandRejectedException} with all that is wrong with any field. */
  Attribution attribution(Supplier<Optional<Instant>> until) {
    Supplier<String> reason = fields.required("reason", REASON, CommandRequest::reason);
    fields.count(EXPECTED_VERSION);
    fields.check();
    return new Attribution(by, now, reason.get(), until.get());
  }

  /**
   * The version of what operators have said that the caller has looked at, if they say so. To be
   * asked for after {@link #attribution}, which has checked it.
   */
  Optional<Long> expectedVersion() {
    return fields.count(EXPECTED_VERSION).get();
  }

  /** A reason stands in lines of the log and in tables of people who read them later. */
  private static String reason(String text) {
    if (PrintableText.isBlank(text)
        || text.length() > Attribution.LONGEST_REASON
        || !PrintableText.isOneLine(text)) {
      throw new InvalidValueException("reason", text, REASON);
    }
    return text.strip();
  }
}
