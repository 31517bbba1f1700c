package dev.onward.policy;

import java.util.Comparator;
import java.util.List;

/**
 * The order in which gates are documented, judged and reported: what people said comes first, then
 * what is true of the release, then what is true of the moment, then gates that this version does
 * not know, by name.
 */
final class GateOrder {
  private static final List<String> NAMES =
      List.of(
          "mode",
          "stop",
          "hold",
          "freezes",
          "source_converged",
          "drift_free",
          "min_age",
          "soak",
          "verifications",
          "approvals",
          "windows",
          "change_calendars",
          "min_interval",
          "budget");

  static final Comparator<Gate> COMPARATOR =
      Comparator.comparingInt(GateOrder::place).thenComparing(Gate::name);

  private GateOrder() {}

  private static int place(Gate gate) {
    int place = NAMES.indexOf(gate.name());
    return place < 0 ? NAMES.size() : place;
  }
}
