package dev.onward.reconcile.observe;

import dev.onward.model.intervention.InterventionState;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.util.StringJoiner;

/**
 * Detects that one owner's stored interventions were lost: the item was deleted manually, or the
 * table was recreated or restored from a backup. Versions only increase, so reading an older one
 * than known before indicates a loss. All decisions are then paused until an operator has decided
 * whether automation continues.
 */
public final class InterventionLossDetector {
  private final String owner;
  private InterventionState known = InterventionState.NONE;
  private long lostAt;

  /**
   * @param owner its name in sentences
   */
  InterventionLossDetector(String owner) {
    this.owner = owner;
  }

  /** The newest state this process knows: must be read before reading the store again. */
  public synchronized InterventionState known() {
    return known;
  }

  /**
   * Whether a read detected a loss, and none since returned a version that continues from what was
   * lost.
   */
  public synchronized boolean isLost() {
    return lostAt > 0;
  }

  public synchronized void learn(InterventionState interventions) {
    if (interventions.version() > known.version()) {
      known = interventions;
    }
  }

  /**
   * Records what was read. Throws {@link StoreException} if it indicates a loss.
   *
   * @param before what was known before the read began
   */
  public synchronized InterventionState checked(InterventionState before, InterventionState read) {
    if (isLoss(before, read)) {
      throw new StoreException(Failure.stalled(sentence(before, read)));
    }
    lostAt = 0;
    learn(read);
    return read;
  }

  /**
   * Whether interventions are lost: these are older than what was known, or do not continue from
   * what was lost before, because whoever set them knew of no loss or of an earlier version. A loss
   * is remembered, also if only a command found it.
   *
   * @param before what was known before the reading began
   */
  public synchronized boolean isLoss(InterventionState before, InterventionState read) {
    boolean loss = read.version() < before.version() || (isLost() && read.version() <= lostAt);
    if (loss) {
      lostAt = Math.max(lostAt, before.version());
    }
    return loss;
  }

  private String sentence(InterventionState before, InterventionState read) {
    return ("the stored interventions of %s were lost: they were at version %s%s, and are at version"
            + " %s without having been removed; see the audit trail. Automation is paused"
            + " until an operator stops or resumes %s")
        .formatted(owner, before.version(), inForce(before), read.version(), owner);
  }

  private static String inForce(InterventionState before) {
    var words = new StringJoiner(", ", " (", ")").setEmptyValue("");
    before
        .stop()
        .ifPresent(attribution -> words.add("stopped by %s".formatted(attribution.by().name())));
    count(words, before.holds().size(), "held environment");
    count(words, before.rejections().size(), "rejected release");
    count(words, before.approvals().size(), "approval");
    count(words, before.freezes().size(), "freeze");
    return words.toString();
  }

  private static void count(StringJoiner words, int count, String what) {
    if (count > 0) {
      words.add("%s %s%s".formatted(count, what, count == 1 ? "" : "s"));
    }
  }
}
