package dev.onward.reconcile.execute;

import dev.onward.plan.Action;
import java.util.List;
import java.util.Optional;

/** What has come up against a plan since it was made. */
interface Objections {
  /**
   * Why the actions, which are one write, must not be carried out any more. Throws {@link
   * dev.onward.store.StoreException} if that cannot be found out.
   */
  Optional<String> to(List<Action> actions);
}
