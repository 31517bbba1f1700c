package dev.onward.reconcile;

import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The listeners of one kind, notified in order.
 *
 * @param <L> the kind
 */
public final class Listeners<L> {
  private static final Logger LOG = Logger.getLogger(Listeners.class);

  private final List<L> listeners;

  public Listeners(List<L> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** A bug in one listener must not affect the others or the publisher. */
  public void publish(Consumer<? super L> news) {
    for (L listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.errorf(
            e,
            "Unhandled exception in %s: this is a bug in Onward",
            listener.getClass().getSimpleName());
      }
    }
  }
}
