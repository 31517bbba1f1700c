package dev.onward.web.http;

import dev.onward.model.InvalidValueException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One thing that is wrong with a request's body.
 *
 * @param field its name, with those of the fields it is in: {@code services.bags.label}
 */
@Schema(name = "FieldError")
public record FieldError(String field, String found, String allowed) {
  public static FieldError of(String field, InvalidValueException e) {
    return new FieldError(field, e.found(), e.allowed());
  }

  public String sentence() {
    return "%s: found %s; allowed: %s".formatted(field, found, allowed);
  }
}
