package dev.onward.reconcile;

import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Everyone who is told what happens.
 *
 * @param <L> of one kind
 */
public final class Listeners<L> {
  private static final Logger LOG = Logger.getLogger(Listeners.class);

  private final List<L> listeners;

  public Listeners(List<L> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** A bug in one listener is neither the others' nor the publisher's. */
  public void publish(Consumer<? super L> news) {
    for (L listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.errorf(e, "%s broke: this is a bug in Onward", listener.getClass().getSimpleName());
      }
    }
  }
}
