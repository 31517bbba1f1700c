package dev.onward.policy;

import java.util.List;

/** One condition of a promotion policy. Pure: the same candidate gets the same verdict. */
public interface Gate {
  /** The name in manifests, metrics and the API; unique within a policy. */
  String name();

  Verdict judge(Candidate candidate);

  /** The external facts that it needs to evaluate this candidate. */
  default List<ExternalQuery> queries(Candidate candidate) {
    return List.of();
  }
}
