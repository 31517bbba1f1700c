package dev.onward.store;

import dev.onward.policy.Verification;

/** The port to the targets of verifications. */
public interface VerificationProbe {
  /**
   * The result of one probe.
   *
   * @param result a description for people, without credentials
   */
  record Result(boolean passing, String result) {}

  /**
   * Probes once, within the verification's timeout. An unreachable target does not pass; nothing is
   * thrown. Thread-safe.
   */
  Result look(Verification verification);
}
