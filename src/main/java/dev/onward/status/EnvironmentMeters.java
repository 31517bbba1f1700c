package dev.onward.status;

import dev.onward.model.EnvironmentHead;
import dev.onward.model.Origin;
import dev.onward.plan.Action;
import dev.onward.reconcile.ActionResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The counters and the histogram of one environment. */
final class EnvironmentMeters {
  /** First sight records nothing: it only takes note of what is there. */
  private static final List<Origin> RECORDED =
      List.of(Origin.AUTOMATION, Origin.PERSON, Origin.ADOPTED);

  private final Meters meters;
  private final Map<Origin, Counter> deployments = new EnumMap<>(Origin.class);
  private final Counter writtenForDeployment;
  private final Counter writtenForRepair;
  private final Timer publicationToConverged;
  private final Timer timeToRollBack;

  EnvironmentMeters(Meters meters, String project, String environment) {
    this.meters = meters;
    for (Origin origin : RECORDED) {
      deployments.put(
          origin,
          meters.counter(OnwardMetric.DEPLOYMENTS_RECORDED, project, environment, origin.word()));
    }
    writtenForDeployment =
        meters.counter(OnwardMetric.PARAMETERS_WRITTEN, project, environment, "deployment");
    writtenForRepair =
        meters.counter(OnwardMetric.PARAMETERS_WRITTEN, project, environment, "repair");
    publicationToConverged =
        meters.histogram(
            OnwardMetric.PUBLICATION_TO_CONVERGED, Meters.LEAD_TIMES, project, environment);
    timeToRollBack = meters.summary(OnwardMetric.TIME_TO_ROLL_BACK, project, environment);
  }

  /** The newest deployment of this head was recorded or adopted, by whose decision it was. */
  void deployed(EnvironmentHead head) {
    var counter = deployments.get(head.current().orElseThrow().origin());
    if (counter != null) {
      counter.increment();
    }
    head.wentBackAfter().ifPresent(timeToRollBack::record);
  }

  /** Parameters count as soon as they are written, even if others could not be. */
  void wrote(ActionResult result, Action.ConvergeParameters converge) {
    Counter written = converge.repair() ? writtenForRepair : writtenForDeployment;
    written.increment(result.written().size());
    LeadTime.of(result, converge).ifPresent(publicationToConverged::record);
  }

  void remove() {
    deployments.values().forEach(meters::remove);
    meters.remove(writtenForDeployment);
    meters.remove(writtenForRepair);
    meters.remove(publicationToConverged);
    meters.remove(timeToRollBack);
  }
}
