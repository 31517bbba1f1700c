package dev.onward.policy;

/** What to do when an environment's parameters are not what its current deployment says. */
public enum DriftPolicy {
  REPORT,
  REPAIR
}
