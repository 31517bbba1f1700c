package dev.onward.reconcile.observe;

import dev.onward.model.intervention.InterventionState;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.util.StringJoiner;

/**
 * Whether what operators have said of one owner has vanished: its item was deleted by hand, or the
 * table was made anew or restored from a backup. Versions only ever grow, so whoever reads an older
 * one than was known before the reading sees a loss. Nothing is decided then until a person has
 * said whether automation goes on.
 */
public final class InterventionLossDetector {
  private final String owner;
  private InterventionState known = InterventionState.NONE;
  private long lostAt;

  /**
   * @param owner as a sentence names it
   */
  InterventionLossDetector(String owner) {
    this.owner = owner;
  }

  /** The newest of which this process knows: to be asked for before reading again. */
  public synchronized InterventionState known() {
    return known;
  }

  /** Whether a reading saw a loss, and none since a version that goes on from what was lost. */
  public synchronized boolean isLost() {
    return lostAt > 0;
  }

  public synchronized void learn(InterventionState interventions) {
    if (interventions.version() > known.version()) {
      known = interventions;
    }
  }

  /**
   * Takes note of what was read. Throws {@link StoreException} if it is a loss.
   *
   * @param before what was known before the reading began
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
    return ("what operators have said of %s has vanished: it was at version %s%s, and is at version"
            + " %s, though nobody took anything back; the audit trail has it. Nothing is decided"
            + " until somebody stops or resumes %s")
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
