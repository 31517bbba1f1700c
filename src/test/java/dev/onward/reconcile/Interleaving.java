package dev.onward.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Lets several go on one at a time, from one call to a store to the next, whose turn it is being
 * drawn by lot: the same seed, the same order.
 */
final class Interleaving implements CallHook {
  private final Random random;
  private final Semaphore turnOver = new Semaphore(0);
  private final ThreadLocal<Optional<Player>> current = ThreadLocal.withInitial(Optional::empty);

  Interleaving(Random random) {
    this.random = random;
  }

  private static final class Player {
    final Semaphore permits = new Semaphore(0);
    volatile boolean ended;
    volatile Optional<Throwable> failure = Optional.empty();
  }

  /** Until all have ended. */
  void run(List<Runnable> all) {
    var players = new ArrayList<Player>();
    for (Runnable one : all) {
      var player = new Player();
      players.add(player);
      Thread.ofVirtual().start(() -> play(player, one));
    }
    while (!players.isEmpty()) {
      Player next = players.get(random.nextInt(players.size()));
      next.permits.release();
      turnOver.acquireUninterruptibly();
      if (next.ended) {
        players.remove(next);
        next.failure.ifPresent(
            failure -> {
              throw new AssertionError(failure);
            });
      }
    }
  }

  private void play(Player player, Runnable what) {
    player.permits.acquireUninterruptibly();
    current.set(Optional.of(player));
    try {
      what.run();
    } catch (RuntimeException | Error e) {
      player.failure = Optional.of(e);
    } finally {
      player.ended = true;
      turnOver.release();
    }
  }

  @Override
  public void before(String call) {
    current
        .get()
        .ifPresent(
            player -> {
              turnOver.release();
              player.permits.acquireUninterruptibly();
            });
  }
}
