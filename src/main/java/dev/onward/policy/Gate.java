package dev.onward.policy;

import java.util.List;

/** One condition of a promotion policy. Pure: the same candidate gets the same verdict. */
public interface Gate {
  /** As manifests, metrics and the API spell it; at most one gate of a name in a policy. */
  String name();

  Verdict judge(Candidate candidate);

  /** What must be found out before it can judge this candidate. */
  default List<ExternalQuery> queries(Candidate candidate) {
    return List.of();
  }
}
