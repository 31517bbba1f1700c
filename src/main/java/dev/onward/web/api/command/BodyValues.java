package dev.onward.web.api.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.PrintableText;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.OperatorCommand.RollBackTo;
import dev.onward.web.api.command.CommandBody.End;
import dev.onward.web.api.command.CommandBody.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How Jackson reads the values in request bodies, and what a problem says is allowed for each. */
final class BodyValues {
  /**
   * The reader's attribute with the current time. Components read before are attributes as well.
   */
  static final String NOW = "now";

  private static final String REASON =
      "a line of text of 1 to %s characters, with something to be seen in it and none that turns its direction"
          .formatted(Attribution.LONGEST_REASON);

  private static final SimpleModule MODULE = new SimpleModule();
  private static final Map<Class<?>, String> ALLOWED = new HashMap<>();

  static {
    ALLOWED.put(boolean.class, "true or false");
    ALLOWED.put(Long.class, "a whole number, 0 or more");
    ALLOWED.put(ComposeRequest.Replacement.class, ComposeRequest.Replacement.ALLOWED);
    text(Reason.class, REASON, BodyValues::reason);
    text(ReleaseId.class, "a release's id, or its first 8 characters", ReleaseId::new);
    text(EnvironmentId.class, "an environment of this project, or a label", EnvironmentId::new);
    text(Label.class, "a label", Label::new);
    text(ServiceId.class, "a service", ServiceId::new);
    text(ImageRef.class, "an image reference such as host/namespace/name:tag", ImageRef::new);
    text(FreezeId.class, FreezeId.ALLOWED, FreezeId::new);
    text(RollBackTo.class, "older or before", RollBackTo::ofWord);
    text(Instant.class, TimeParser.MOMENT, (text, read) -> TimeParser.moment(text, now(read)));
    text(End.class, TimeParser.MOMENT_OR_DURATION, BodyValues::end);
  }

  private BodyValues() {}

  static SimpleModule module() {
    return MODULE;
  }

  static Optional<String> allowed(Class<?> type) {
    return Optional.ofNullable(ALLOWED.get(type));
  }

  /** A reason stands in lines of the log and in tables of people who read them later. */
  private static Reason reason(String text) {
    if (PrintableText.isBlank(text)
        || text.length() > Attribution.LONGEST_REASON
        || !PrintableText.isOneLine(text)) {
      throw new InvalidValueException("reason", text, REASON);
    }
    return new Reason(text.strip());
  }

  private static End end(String text, DeserializationContext read) {
    var from = Optional.ofNullable((Instant) read.getAttribute("from"));
    return new End(TimeParser.end(text, from, now(read)));
  }

  private static Instant now(DeserializationContext read) {
    return (Instant) Objects.requireNonNull(read.getAttribute(NOW));
  }

  private static <T> void text(Class<T> type, String allowed, Function<String, T> reading) {
    text(type, allowed, (text, _) -> reading.apply(text));
  }

  private static <T> void text(
      Class<T> type, String allowed, BiFunction<String, DeserializationContext, T> reading) {
    ALLOWED.put(type, allowed);
    MODULE.addDeserializer(type, new Text<>(type, reading));
  }

  /** Nothing but a text is taken for one. */
  private static final class Text<T> extends JsonDeserializer<T> {
    private final Class<T> type;
    private final BiFunction<String, DeserializationContext, T> reading;

    Text(Class<T> type, BiFunction<String, DeserializationContext, T> reading) {
      this.type = type;
      this.reading = reading;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(type, "not a text");
      }
      return reading.apply(parser.getText(), context);
    }
  }
}
