package dev.onward.web.cache;

import dev.onward.status.StatusSnapshot;
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
public class ResponseCache {
  /** Of one state: more than there are kinds of lookers. Whoever comes beyond is answered anew. */
  private static final int KEPT = 64;

  /** What is shown depends on the time too: a freeze ends, an age is passed. */
  private static final Duration LONGEST_KEPT = Duration.ofSeconds(1);

  private final LongSupplier changes;
  private final LongSupplier nanos;
  private volatile Kept kept = new Kept(-1, 0);

  @Inject
  ResponseCache(StatusSnapshot board) {
    this(board::changes, System::nanoTime);
  }

  /**
   * @param changes how often what is shown has changed
   */
  ResponseCache(LongSupplier changes, LongSupplier nanos) {
    this.changes = changes;
    this.nanos = nanos;
  }

  /**
   * The answer to a question, as it was made last if nothing has changed since.
   *
   * @param question with all that the answer depends on beside the {@link StatusSnapshot}
   * @param make reads the board
   */
  public CachedResponse get(Object question, Supplier<byte[]> make) {
    Map<Object, CachedResponse> answers = current().answers;
    if (answers.size() >= KEPT && !answers.containsKey(question)) {
      return CachedResponse.of(make.get());
    }
    return answers.computeIfAbsent(question, _ -> CachedResponse.of(make.get()));
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
    final Map<Object, CachedResponse> answers = new ConcurrentHashMap<>();

    Kept(long state, long since) {
      this.state = state;
      this.since = since;
    }
  }
}
