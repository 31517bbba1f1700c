package dev.onward.access;

import java.util.Locale;

/** What somebody may do. Each role may do what the ones before it may. */
public enum Role {
  /** May look. */
  VIEWER,
  /** May act on environments and projects. */
  DEPLOYER,
  /** May act on everything at once. */
  ADMIN;

  /** As people write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
