package dev.onward.reconcile.execute;

import dev.onward.plan.Action;
import java.util.List;
import java.util.Optional;

/** What prevents a plan from being executed further. */
interface Objections {
  /**
   * Why the actions, which form one write, must not be executed any more. Throws {@link
   * dev.onward.store.StoreException} if that cannot be determined.
   */
  Optional<String> to(List<Action> actions);
}
