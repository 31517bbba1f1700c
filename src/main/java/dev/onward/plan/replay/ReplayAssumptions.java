package dev.onward.plan.replay;

import dev.onward.model.InvalidValueException;
import dev.onward.plan.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The assumptions of a replay about what no history records.
 *
 * @param approvedAfter how long after a release became the candidate of an environment it gets all
 *     the approvals that the policy requires, once; absent for no approvals
 * @param withPeople whether people's recorded deployments are replayed, each at its time; without
 *     them the replay shows what automation alone would have done
 */
public record ReplayAssumptions(Optional<Duration> approvedAfter, boolean withPeople) {
  /** No approvals and no deployments by people. */
  public static final ReplayAssumptions AUTOMATION_ALONE =
      new ReplayAssumptions(Optional.empty(), false);

  public ReplayAssumptions {
    if (approvedAfter.filter(Duration::isNegative).isPresent()) {
      throw new InvalidValueException(
          "approved_after", approvedAfter.get().toString(), "zero or a positive duration");
    }
  }

  /** All assumptions, including the fixed ones, as sentences for people. */
  public List<String> sentences() {
    var sentences = new ArrayList<String>();
    sentences.add(
        approvedAfter
            .map(
                after ->
                    after.isZero()
                        ? "Every candidate is approved immediately."
                        : "Every candidate is approved after %s.".formatted(Words.of(after)))
            .orElse("No approvals are given."));
    sentences.add(
        withPeople
            ? "People's recorded deployments are repeated."
            : "People deploy nothing: the result is what automation alone would have done.");
    sentences.add("Change calendars are open, and checks of a source environment always pass.");
    sentences.add("There are no holds, freezes, stops or rejections.");
    sentences.add("Parameters are written as soon as a deployment is recorded, and never drift.");
    return List.copyOf(sentences);
  }
}
