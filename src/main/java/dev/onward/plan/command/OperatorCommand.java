package dev.onward.plan.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ReleaseId;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A command that a person gives Onward for one project. */
public sealed interface OperatorCommand {
  /** Sets or removes an intervention. */
  record Say(Intervention intervention) implements OperatorCommand {}

  /**
   * Deploys a release, newer or older than the current one.
   *
   * @param override whether gates that hold it are overridden, which is recorded
   */
  record Deploy(EnvironmentId environment, ReleaseId release, boolean override)
      implements OperatorCommand {}

  /**
   * Deploys a release that was deployed before the current one.
   *
   * @param override as for {@link Deploy}
   */
  record RollBack(EnvironmentId environment, RollBackTo to, boolean override)
      implements OperatorCommand {}

  /**
   * Writes the parameters that differ from the current release, without a new deployment.
   *
   * @param override whether a hold or a stop is overridden, which is recorded
   */
  record Repair(EnvironmentId environment, boolean override) implements OperatorCommand {}

  /** Cuts a release from a label now, settled or not. */
  record Cut(Label label) implements OperatorCommand {}

  /** Composes a release of the current images of a label or an environment, with some replaced. */
  record Compose(Source from, SortedMap<ServiceId, Replacement> replacements)
      implements OperatorCommand {
    public Compose {
      replacements = Collections.unmodifiableSortedMap(new TreeMap<>(replacements));
    }
  }

  /** Which release of an environment's history a rollback deploys. */
  enum RollBackTo {
    /**
     * The newest release that is older than the current one and was neither rejected nor rolled
     * back.
     */
    OLDER,
    /** The release before the current one, even if it is newer. */
    BEFORE;

    /** The name used in the API: lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static RollBackTo ofWord(String word) {
      for (RollBackTo to : values()) {
        if (to.word().equals(word)) {
          return to;
        }
      }
      throw new InvalidValueException("rollback", word, "older or before");
    }
  }

  /** Where a service's image is taken from instead. */
  sealed interface Replacement {
    record FromLabel(Label label) implements Replacement {}

    record Given(ImageRef image) implements Replacement {}
  }
}
