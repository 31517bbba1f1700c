package dev.onward.local.ssm;

import dev.onward.local.http.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The constraints of SSM's service model: all that a request violates is reported at once, in the
 * words that AWS's front end uses, before any rule of the operation itself is looked at.
 */
final class Constraints {

  private final List<String> violations = new ArrayList<>();

  Constraints required(String member, Optional<?> value) {
    if (value.isEmpty()) {
      violate("Value null at '%s'".formatted(member), "Member must not be null");
    }
    return this;
  }

  Constraints length(String member, Optional<String> value, int min, int max) {
    value.ifPresent(
        text -> {
          String found = "Value '%s' at '%s'".formatted(text, member);
          bounds(found, "length", text.length(), min, max);
        });
    return this;
  }

  /** As {@link #length}, of a member whose value must not show in an error. */
  Constraints sensitiveLength(String member, Optional<String> value, int min) {
    value.ifPresent(
        text ->
            bounds(
                "Value at '%s'".formatted(member),
                "length",
                text.length(),
                min,
                Integer.MAX_VALUE));
    return this;
  }

  Constraints size(String member, Optional<List<String>> value, int min, int max) {
    value.ifPresent(
        list -> {
          String found = "Value '[%s]' at '%s'".formatted(String.join(", ", list), member);
          bounds(found, "length", list.size(), min, max);
        });
    return this;
  }

  Constraints range(String member, Optional<Integer> value, int min, int max) {
    value.ifPresent(
        number ->
            bounds("Value '%s' at '%s'".formatted(number, member), "value", number, min, max));
    return this;
  }

  Constraints oneOf(String member, Optional<String> value, List<String> allowed) {
    value
        .filter(text -> !allowed.contains(text))
        .ifPresent(
            text ->
                violate(
                    "Value '%s' at '%s'".formatted(text, member),
                    "Member must satisfy enum value set: [%s]"
                        .formatted(String.join(", ", allowed))));
    return this;
  }

  Constraints pattern(String member, Optional<String> value, Pattern allowed) {
    value
        .filter(text -> !allowed.matcher(text).matches())
        .ifPresent(
            text ->
                violate(
                    "Value '%s' at '%s'".formatted(text, member),
                    "Member must satisfy regular expression pattern: " + allowed));
    return this;
  }

  private void bounds(String found, String what, int size, int min, int max) {
    if (size < min) {
      violate(found, "Member must have %s greater than or equal to %s".formatted(what, min));
    }
    if (size > max) {
      violate(found, "Member must have %s less than or equal to %s".formatted(what, max));
    }
  }

  private void violate(String found, String constraint) {
    violations.add(found + " failed to satisfy constraint: " + constraint);
  }

  /**
   * Ends the list.
   *
   * @throws AwsException ValidationException, when anything was violated
   */
  void check() {
    if (!violations.isEmpty()) {
      throw AwsException.validation(
          "%s validation error%s detected: %s"
              .formatted(
                  violations.size(),
                  violations.size() == 1 ? "" : "s",
                  String.join("; ", violations)));
    }
  }
}
