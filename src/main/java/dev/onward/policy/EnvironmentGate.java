package dev.onward.policy;

/** A gate that holds whatever comes: it judges the environment at a moment, and no release. */
public interface EnvironmentGate extends Gate {
  Verdict judge(EnvironmentContext situation);

  @Override
  default Verdict judge(Candidate candidate) {
    return judge(candidate.situation());
  }
}
