package dev.onward.status;

import dev.onward.model.EnvironmentId;
import dev.onward.model.OperatorWord;
import dev.onward.plan.Saying;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** That an operator said something. */
final class WordNews {
  private WordNews() {}

  static News of(Saying saying) {
    return new News(FeedEvent.Type.INTERVENTION, environment(saying.word()), Map.of())
        .with("version", saying.to().version())
        .with("word", saying.word().event())
        .with("subject", saying.word().subject())
        .by(saying.said().by())
        .with("reason", saying.said().reason())
        .with("until", saying.said().until().map(Instant::toString));
  }

  static News saidElsewhere(long version) {
    return News.of(FeedEvent.Type.INTERVENTION).with("version", version);
  }

  private static Optional<EnvironmentId> environment(OperatorWord word) {
    return switch (word) {
      case OperatorWord.Hold(EnvironmentId id) -> Optional.of(id);
      case OperatorWord.Resume(EnvironmentId id) -> Optional.of(id);
      case OperatorWord.Approve(var _, EnvironmentId id) -> Optional.of(id);
      case OperatorWord.Withdraw(var _, EnvironmentId id) -> Optional.of(id);
      case OperatorWord.SetFreeze freeze -> freeze.environment();
      case OperatorWord.LiftFreeze freeze -> freeze.environment();
      case OperatorWord.Reject _, OperatorWord.Unreject _ -> Optional.empty();
      case OperatorWord.StopEverything _, OperatorWord.ResumeEverything _ -> Optional.empty();
    };
  }
}
