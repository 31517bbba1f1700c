package dev.onward.access;

/** What somebody may do. Each role may do what the ones before it may. */
public enum Role {
  /** May look. */
  VIEWER,
  /** May act on environments and projects. */
  DEPLOYER,
  /** May act on everything at once. */
  ADMIN;

  boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
