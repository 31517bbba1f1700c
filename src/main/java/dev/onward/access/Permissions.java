package dev.onward.access;

/** What somebody may do, and on what. */
public interface Permissions {
  /** Whoever has these may do whatever can be done. */
  Permissions ALL = (role, scope) -> true;

  /** Whoever has these may look at everything, and do nothing. */
  Permissions VIEWING = (role, scope) -> role == Role.VIEWER;

  boolean allow(Role role, Scope scope);
}
