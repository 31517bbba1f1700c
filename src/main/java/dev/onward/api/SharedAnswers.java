package dev.onward.api;

import dev.onward.status.StatusBoard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps answers that are the same for all who may see everything: each is made once for every
 * change of what is shown, however many ask for it.
 */
@ApplicationScoped
public class SharedAnswers {
  /** Of one state: more than there are kinds of lookers. Whoever comes beyond is answered anew. */
  private static final int KEPT = 64;

  /** What is shown depends on the time too: a freeze ends, an age is passed. */
  private static final Duration LONGEST_KEPT = Duration.ofSeconds(1);

  private final LongSupplier changes;
  private final LongSupplier nanos;
  private volatile Kept kept = new Kept(-1, 0);

  @Inject
  SharedAnswers(StatusBoard board) {
    this(board::changes, System::nanoTime);
  }

  /**
   * @param changes how often what is shown has changed
   */
  SharedAnswers(LongSupplier changes, LongSupplier nanos) {
    this.changes = changes;
    this.nanos = nanos;
  }

  /**
   * The answer to a question, as it was made last if nothing has changed since.
   *
   * @param question with all that the answer depends on beside the {@link StatusBoard}
   * @param make reads the board
   */
  public SharedAnswer get(Object question, Supplier<byte[]> make) {
    Map<Object, SharedAnswer> answers = current().answers;
    if (answers.size() >= KEPT && !answers.containsKey(question)) {
      return SharedAnswer.of(make.get());
    }
    return answers.computeIfAbsent(question, _ -> SharedAnswer.of(make.get()));
  }

  /** What changes while an answer is made counts as changed after it. */
  private Kept current() {
    long state = changes.getAsLong();
    long now = nanos.getAsLong();
    Kept current = kept;
    if (current.state != state || now - current.since > LONGEST_KEPT.toNanos()) {
      current = new Kept(state, now);
      kept = current;
    }
    return current;
  }

  /** The answers of one state. */
  private static final class Kept {
    final long state;
    final long since;
    final Map<Object, SharedAnswer> answers = new ConcurrentHashMap<>();

    Kept(long state, long since) {
      this.state = state;
      this.since = since;
    }
  }
}
