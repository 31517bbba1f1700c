package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import java.time.Instant;
import java.util.Optional;

/** One image parameter as it was listed. */
public record ObservedParameter(
    ServiceId service, Value value, long version, Instant lastModified) {

  /** What a parameter holds; only an image can become part of a release. */
  public sealed interface Value {
    record Image(ImageRef image) implements Value {}

    /** A String that is no image reference; {@code text} is cut and made visible for people. */
    record NotAnImage(String text) implements Value {}

    /** A StringList or SecureString: refused, and a SecureString is never decrypted. */
    record WrongType(String type) implements Value {}
  }

  public Optional<ImageRef> image() {
    return value instanceof Value.Image(ImageRef image) ? Optional.of(image) : Optional.empty();
  }

  /** What was found, in words for people. */
  public String describe() {
    return switch (value) {
      case Value.Image(ImageRef image) -> image.value();
      case Value.NotAnImage(String text) -> "'%s', which is no image reference".formatted(text);
      case Value.WrongType(String type) -> "a " + type;
    };
  }
}
