package dev.onward.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What Python's {@code json.dumps}, with which the old tool prints a release, cannot print of an
 * item that boto3 read: numbers ({@code Decimal}), sets and binary data.
 */
public final class JsonDumps {
  private JsonDumps() {}

  /** Where in the item they are, at any depth. */
  public static List<String> unprintable(Map<String, AttributeValue> item) {
    var places = new ArrayList<String>();
    item.forEach((name, value) -> find(name, value, places));
    return places;
  }

  private static void find(String place, AttributeValue value, List<String> places) {
    switch (value.type()) {
      case S, BOOL, NUL -> {}
      case M -> value.m().forEach((name, inner) -> find(place + "." + name, inner, places));
      case L -> {
        for (int i = 0; i < value.l().size(); i++) {
          find(place + "[" + i + "]", value.l().get(i), places);
        }
      }
      case N, NS, SS, B, BS, UNKNOWN_TO_SDK_VERSION -> places.add(place + ": " + value.type());
    }
  }
}
