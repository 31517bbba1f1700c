package dev.onward.status.metrics;

import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.plan.Action;
import dev.onward.reconcile.execute.ActionResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The counters and the histogram of one environment. */
final class EnvironmentMeters {
  /** The first observation records nothing. */
  private static final List<DeploymentOrigin> RECORDED =
      List.of(DeploymentOrigin.AUTOMATION, DeploymentOrigin.PERSON, DeploymentOrigin.ADOPTED);

  private final HighCardinalitySeries counts;
  private final Map<DeploymentOrigin, Tally> deployments = new EnumMap<>(DeploymentOrigin.class);
  private final Tally writtenForDeployment;
  private final Tally writtenForRepair;
  private final Spread publicationToConverged;
  private final Spread timeToRollBack;

  EnvironmentMeters(HighCardinalitySeries counts, String project, String environment) {
    this.counts = counts;
    for (DeploymentOrigin origin : RECORDED) {
      deployments.put(
          origin,
          counts.tally(OnwardMetric.DEPLOYMENTS_RECORDED, project, environment, origin.word()));
    }
    writtenForDeployment =
        counts.tally(OnwardMetric.PARAMETERS_WRITTEN, project, environment, "deployment");
    writtenForRepair =
        counts.tally(OnwardMetric.PARAMETERS_WRITTEN, project, environment, "repair");
    publicationToConverged =
        counts.spread(OnwardMetric.PUBLICATION_TO_CONVERGED, project, environment);
    timeToRollBack = counts.spread(OnwardMetric.ROLLED_BACK_DEPLOYMENT_AGE, project, environment);
  }

  /** Counts the newest deployment of a head, recorded or adopted, by its origin. */
  void deployed(EnvironmentHead head) {
    var counter = deployments.get(head.current().orElseThrow().origin());
    if (counter != null) {
      counter.increment();
    }
    head.wentBackAfter().ifPresent(timeToRollBack::record);
  }

  /** Parameters count as soon as they are written, even if others failed. */
  void wrote(ActionResult result, Action.ConvergeParameters converge) {
    Tally written = converge.repairs() ? writtenForRepair : writtenForDeployment;
    written.increment(result.written().size());
    LeadTime.of(result, converge).ifPresent(publicationToConverged::record);
  }

  void remove() {
    deployments.values().forEach(counts::remove);
    counts.remove(writtenForDeployment);
    counts.remove(writtenForRepair);
    counts.remove(publicationToConverged);
    counts.remove(timeToRollBack);
  }
}
