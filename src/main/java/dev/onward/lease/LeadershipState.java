package dev.onward.lease;

/** What a replica does on its own initiative. Every replica executes commands. */
public enum LeadershipState {
  /** It holds the lease, or none is used: it reconciles every project every interval. */
  LEADER,
  /**
   * Another replica leads, or the leader is not known yet: it observes projects at a slower pace
   * and changes nothing.
   */
  STANDBY,
  /**
   * The lease has been unreachable for a while: every replica reconciles, at the pace of a standby.
   * Correctness does not depend on the lease.
   */
  NO_LEADER;

  /** Whether it executes its plans. */
  public boolean acts() {
    return this != STANDBY;
  }
}
