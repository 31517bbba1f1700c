package dev.onward.policy.gate;

import dev.onward.model.Source;
import dev.onward.policy.Candidate;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalResult;
import dev.onward.policy.Gate;
import java.util.HashMap;
import java.util.Map;

/** A candidate of which some questions were answered. */
final class Asked {
  private final Judged judged;
  private Source source = Judged.STAGE;
  private final Map<ExternalQuery, ExternalResult> results = new HashMap<>();

  Asked(Judged judged) {
    this.judged = judged;
  }

  Asked from(Source newSource) {
    source = newSource;
    return this;
  }

  /** Every question of the gate gets this answer. */
  Asked answering(Gate gate, ExternalResult result) {
    gate.queries(candidate()).forEach(query -> results.put(query, result));
    return this;
  }

  Asked answering(ExternalQuery query, ExternalResult result) {
    results.put(query, result);
    return this;
  }

  Candidate candidate() {
    Candidate known = judged.candidate();
    return new Candidate(
        known.release(),
        source,
        known.target(),
        known.convergedInSource(),
        known.soakPeriods(),
        known.runsInSource(),
        known.settledInSource(),
        known.sourceDrift(),
        known.deployments(),
        known.globalInterventions(),
        known.project(),
        results,
        known.now());
  }
}
