package dev.onward.local.ssm;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** What a parameter costs and how much it holds. */
enum Tier {
  STANDARD("Standard", 4096),
  ADVANCED("Advanced", 8192);

  /** Asks SSM to choose: standard while that is enough. */
  static final String INTELLIGENT_TIERING = "Intelligent-Tiering";

  static final List<String> WIRE_NAMES = List.of("Standard", "Advanced", INTELLIGENT_TIERING);

  private final String wireName;
  private final int maxValueBytes;

  Tier(String wireName, int maxValueBytes) {
    this.wireName = wireName;
    this.maxValueBytes = maxValueBytes;
  }

  @JsonValue
  String wireName() {
    return wireName;
  }

  int maxValueBytes() {
    return maxValueBytes;
  }
}
