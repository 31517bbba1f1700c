package dev.onward.cluster;

import java.util.ArrayList;
import java.util.List;

/** What is wrong, each with the place. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void unless(boolean right, String place, String problem) {
    if (!right) {
      found.add(place + ": " + problem);
    }
  }

  List<String> all() {
    return List.copyOf(found);
  }
}
