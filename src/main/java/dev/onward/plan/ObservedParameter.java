package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import java.time.Instant;
import java.util.Optional;

/** One image parameter as listed. */
public record ObservedParameter(
    ServiceId service, Value value, long version, Instant lastModified) {

  /** The value of a parameter; only an image can become part of a release. */
  public sealed interface Value {
    record Image(ImageRef image) implements Value {}

    /** A String that is not an image reference; {@code text} is shortened and made printable. */
    record NotAnImage(String text) implements Value {}

    /** A StringList or SecureString: refused; a SecureString is never decrypted. */
    record WrongType(String type) implements Value {}
  }

  public Optional<ImageRef> image() {
    return value instanceof Value.Image(ImageRef image) ? Optional.of(image) : Optional.empty();
  }

  /** A description of what was found, for people. */
  public String describe() {
    return switch (value) {
      case Value.Image(ImageRef image) -> image.value();
      case Value.NotAnImage(String text) -> "'%s', which is not an image reference".formatted(text);
      case Value.WrongType(String type) -> "a " + type;
    };
  }
}
