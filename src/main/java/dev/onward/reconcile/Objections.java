package dev.onward.reconcile;

import dev.onward.plan.Action;
import java.util.Optional;

/** What has come up against a plan since it was made. */
interface Objections {
  /**
   * Why the action must not be carried out any more. Throws {@link StoreException} if that cannot
   * be found out.
   */
  Optional<String> to(Action action);
}
