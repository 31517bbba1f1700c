package dev.onward.web.api.view;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;
import dev.onward.query.DeploymentLog;
import dev.onward.query.DeploymentLog.Entry;
import dev.onward.query.ReleaseLocations;
import dev.onward.query.ReleaseLocations.Recalled;
import dev.onward.status.ProjectStatus;
import dev.onward.web.api.view.ReleaseView.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of a project's deployments, newest first.
 *
 * @param nextCursor where the next page begins; absent on the last one. A page may be empty and
 *     still not be the last
 */
@Schema(name = "DeploymentPage")
public record DeploymentsView(List<Logged> deployments, Optional<String> nextCursor) {

  /**
   * One deployment.
   *
   * @param previousRelease what was there before, where the page or the last cycle knows it
   * @param origin whose decision it was: {@code automation}, {@code person}, {@code adopted} (the
   *     old tool's) or {@code first_sight} (there before Onward was); known of the newest 30 of
   *     each environment
   * @param deploymentId the old tool's have none
   */
  @Schema(name = "LoggedDeployment")
  record Logged(
      String environment,
      String environmentName,
      ReleaseBrief release,
      Optional<String> previousRelease,
      Person requestedBy,
      Instant deployedAt,
      String description,
      Optional<String> origin,
      Optional<String> deploymentId) {
    private static Logged of(Entry entry, Optional<Recalled> recalled, Optional<ReleaseId> before) {
      var it = entry.deployment();
      return new Logged(
          it.environment().value(),
          it.environmentName(),
          ReleaseBrief.of(entry.release()),
          recalled.flatMap(Recalled::previous).or(() -> before).map(ReleaseId::value),
          Person.of(it.requestedBy()),
          it.createdAt(),
          it.description(),
          recalled.map(known -> known.deployed().origin().word()),
          it.id());
    }
  }

  public static DeploymentsView of(DeploymentLog.Page page, ProjectStatus status) {
    Map<EnvironmentId, ReleaseId> before = new HashMap<>();
    var oldestFirst = new ArrayList<Logged>();
    for (Entry entry : page.entries().reversed()) {
      EnvironmentId environment = entry.deployment().environment();
      oldestFirst.add(
          Logged.of(
              entry,
              ReleaseLocations.recall(status, entry),
              Optional.ofNullable(before.put(environment, entry.release().id()))));
    }
    return new DeploymentsView(oldestFirst.reversed(), page.cursor());
  }
}
