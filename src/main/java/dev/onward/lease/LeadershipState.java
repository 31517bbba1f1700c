package dev.onward.lease;

/** What a replica does by itself. What people ask of it, each does. */
public enum LeadershipState {
  /** It has the lease, or needs none: it reconciles every project every interval. */
  LEADER,
  /** Another leads, or nobody knows yet: it looks at projects, slowly, and does nothing. */
  STANDBY,
  /**
   * Nobody can be known to lead, for the lease has been out of reach for a while: every replica
   * reconciles, but no more often than a standby looks. What is right does not depend on the lease.
   */
  NO_LEADER;

  /** Whether it does what it plans. */
  public boolean acts() {
    return this != STANDBY;
  }
}
