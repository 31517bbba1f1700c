package dev.onward.policy;

import dev.onward.model.Source;
import java.util.HashMap;
import java.util.Map;

/** A candidate of which some questions were answered. */
final class Asked {
  private final Judged judged;
  private Source source = Judged.STAGE;
  private final Map<ExternalQuery, ExternalResult> answers = new HashMap<>();

  Asked(Judged judged) {
    this.judged = judged;
  }

  Asked from(Source newSource) {
    source = newSource;
    return this;
  }

  /** Every question of the gate gets this answer. */
  Asked answering(Gate gate, ExternalResult answer) {
    gate.questions(candidate()).forEach(question -> answers.put(question, answer));
    return this;
  }

  Asked answering(ExternalQuery question, ExternalResult answer) {
    answers.put(question, answer);
    return this;
  }

  Candidate candidate() {
    Candidate known = judged.candidate();
    return new Candidate(
        known.release(),
        source,
        known.target(),
        known.convergedInSource(),
        known.stays(),
        known.runsInSource(),
        known.settledInSource(),
        known.sourceDrift(),
        known.deployments(),
        known.everywhere(),
        known.project(),
        answers,
        known.now());
  }
}
