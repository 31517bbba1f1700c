package dev.onward.web.api.replay;

import dev.onward.model.Label;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.web.http.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * What may be replayed. A replay plans again at every event, for every environment, and answers
 * with every release in every environment: both grow with the product of what is given here.
 */
final class ReplayLimits {
  static final int ENVIRONMENTS = 50;
  static final int LABELS = 10;
  static final int GATES = 20;

  /** As the default limit of releases has with the most environments. */
  static final int CELLS = 25_000;

  private ReplayLimits() {}

  /**
   * All that exceeds a limit.
   *
   * @param releases how many releases are read at most
   */
  static List<FieldError> exceeded(DesiredState desired, int releases) {
    var errors = new ArrayList<FieldError>();
    String place = desired.project() + ".environments";
    List<DesiredEnvironment> environments = desired.environments();
    if (environments.size() > ENVIRONMENTS) {
      errors.add(error(place, environments.size(), ENVIRONMENTS, "environments"));
    }
    SortedSet<Label> labels = desired.watchedLabels();
    if (labels.size() > LABELS) {
      errors.add(error(place, labels.size(), LABELS, "labels that releases are taken from"));
    }
    for (int i = 0; i < environments.size(); i++) {
      int gates =
          environments.get(i).promotion().map(PromotionPolicy::gates).map(List::size).orElse(0);
      if (gates > GATES) {
        errors.add(error("%s[%s].promotion.gates".formatted(place, i), gates, GATES, "gates"));
      }
    }
    if (environments.size() <= ENVIRONMENTS && releases * environments.size() > CELLS) {
      errors.add(
          new FieldError(
              "limit",
              "%s releases with %s environments".formatted(releases, environments.size()),
              "up to %s releases".formatted(CELLS / environments.size())));
    }
    return errors;
  }

  private static FieldError error(String place, int found, int most, String what) {
    return new FieldError(
        place, "%s %s".formatted(found, what), "up to %s in a replay".formatted(most));
  }
}
