package dev.onward.aws.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Estimates the size of an item as DynamoDB counts it, never too low.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">DynamoDB
 *     item sizes and formats</a>
 */
public final class ItemSize {
  /** DynamoDB's limit for an item, names included: 400 KB. */
  public static final int MAXIMUM = 400 * 1024;

  /**
   * The size up to which Onward fills an item: leaves room for other writers, and for the
   * estimate's error.
   */
  public static final int LIMIT = 390 * 1024;

  private static final int LARGEST_NUMBER = 21;
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,38}");
  private static final int CONTAINER = 3;
  private static final int ELEMENT = 1;

  private ItemSize() {}

  public static int of(Item item) {
    return of(item.attributes());
  }

  public static int of(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case SS -> value.ss().stream().mapToInt(ItemSize::utf8).sum();
      case NS -> value.ns().size() * LARGEST_NUMBER;
      case BS -> value.bs().stream().mapToInt(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case M -> CONTAINER + of(value.m()) + value.m().size() * ELEMENT;
      case L -> CONTAINER + value.l().stream().mapToInt(each -> of(each) + ELEMENT).sum();
      case BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> 1;
    };
  }

  /** One byte for every two digits, one more, and one for a sign. Fractions are ignored. */
  private static int number(String value) {
    int sign = value.startsWith("-") ? 1 : 0;
    int digits = value.length() - sign;
    return INTEGER.matcher(value).matches() ? (digits + 1) / 2 + 1 + sign : LARGEST_NUMBER;
  }

  private static int of(Map<String, AttributeValue> attributes) {
    return attributes.entrySet().stream()
        .mapToInt(attribute -> utf8(attribute.getKey()) + of(attribute.getValue()))
        .sum();
  }

  private static int utf8(String text) {
    return text.getBytes(UTF_8).length;
  }
}
