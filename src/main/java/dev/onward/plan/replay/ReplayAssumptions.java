package dev.onward.plan.replay;

import dev.onward.model.InvalidValueException;
import dev.onward.plan.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replay takes for granted, because no history records it.
 *
 * @param approvedAfter how long after a release became the candidate of an environment people give
 *     it all the approvals that the policy asks for, once; absent if nobody ever approves anything
 * @param withPeople whether people's recorded deployments are made in the replay too, each at its
 *     moment; without them it shows what automation alone would have done
 */
public record ReplayAssumptions(Optional<Duration> approvedAfter, boolean withPeople) {
  /** Nobody approves and nobody deploys. */
  public static final ReplayAssumptions AUTOMATION_ALONE =
      new ReplayAssumptions(Optional.empty(), false);

  public ReplayAssumptions {
    if (approvedAfter.filter(Duration::isNegative).isPresent()) {
      throw new InvalidValueException(
          "approved_after", approvedAfter.get().toString(), "no time or more");
    }
  }

  /** All of them, those that nobody can choose included, in sentences for people. */
  public List<String> sentences() {
    var sentences = new ArrayList<String>();
    sentences.add(
        approvedAfter
            .map(
                after ->
                    after.isZero()
                        ? "Every candidate is approved at once."
                        : "Every candidate is approved after %s.".formatted(Words.of(after)))
            .orElse("Nobody approves anything."));
    sentences.add(
        withPeople
            ? "People deploy what they really deployed."
            : "People deploy nothing: this is what automation alone would have done.");
    sentences.add("Change calendars are open, and checks of a source environment always pass.");
    sentences.add("Nobody holds, freezes, stops or rejects anything.");
    sentences.add("Parameters are written as soon as a deployment is recorded, and never drift.");
    return List.copyOf(sentences);
  }
}
