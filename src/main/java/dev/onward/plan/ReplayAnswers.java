package dev.onward.plan;

import dev.onward.model.DeployedRelease;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ReleaseId;
import dev.onward.policy.Answer;
import dev.onward.policy.Question;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a replay assumes of the world outside: calendars are open, and a check passed for as long as
 * the release was in the source environment, which is how long anybody looked.
 */
record ReplayAnswers(ObservedState state, Instant now) implements InformedPlanner.Inquiry {
  @Override
  public Map<Question, Answer> ask(Collection<Question> questions) {
    var answers = new HashMap<Question, Answer>();
    for (Question question : questions) {
      answers.put(
          question,
          switch (question) {
            case Question.CalendarState _ -> new Answer.Calendar(true, Optional.empty());
            case Question.CheckPasses check -> check(check.source(), check.release());
          });
    }
    return answers;
  }

  private Answer check(EnvironmentId source, ReleaseId release) {
    List<DeployedRelease> history =
        state.environment(source).head().map(EnvironmentHead::history).orElse(List.of());
    Instant end = now;
    for (DeployedRelease deployed : history.reversed()) {
      if (deployed.release().equals(release)) {
        return new Answer.Check(Optional.of(deployed.deployedAt()), end, "assumed by the replay");
      }
      end = deployed.deployedAt();
    }
    return new Answer.Unknown("it never was in %s".formatted(source));
  }
}
