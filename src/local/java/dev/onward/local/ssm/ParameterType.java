package dev.onward.local.ssm;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** The three types of parameter. A parameter never changes its type. */
enum ParameterType {
  STRING("String"),
  STRING_LIST("StringList"),
  SECURE_STRING("SecureString");

  /** In the order in which AWS lists them in its errors. */
  static final List<String> WIRE_NAMES = List.of("SecureString", "StringList", "String");

  private final String wireName;

  ParameterType(String wireName) {
    this.wireName = wireName;
  }

  @JsonValue
  String wireName() {
    return wireName;
  }

  /** Of a name that has been checked against {@link #WIRE_NAMES}. */
  static ParameterType of(String wireName) {
    for (ParameterType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    throw new IllegalArgumentException("No parameter type " + wireName);
  }
}
