package dev.onward.store;

import dev.onward.policy.Verification;

/** The port to what verifications look at. */
public interface VerificationProbe {
  /**
   * What one look found.
   *
   * @param result in words, for people; without credentials
   */
  record Result(boolean passing, String result) {}

  /**
   * Looks once, for no longer than the verification's timeout. What cannot be reached does not
   * pass; nothing is thrown. Called by several threads at a time.
   */
  Result look(Verification verification);
}
