package dev.onward.policy;

/** A gate that evaluates the environment at a time, independently of any release. */
public interface EnvironmentGate extends Gate {
  Verdict judge(EnvironmentContext situation);

  @Override
  default Verdict judge(Candidate candidate) {
    return judge(candidate.situation());
  }
}
