package dev.onward.reconcile;

import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Everybody who is told what happens. */
public final class Listeners {
  private static final Logger LOG = Logger.getLogger(Listeners.class);

  private final List<ReconcileListener> listeners;

  Listeners(List<ReconcileListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** A bug in one listener is neither the others' nor the loop's. */
  public void publish(Consumer<ReconcileListener> news) {
    for (ReconcileListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.errorf(e, "%s broke: this is a bug in Onward", listener.getClass().getSimpleName());
      }
    }
  }
}
