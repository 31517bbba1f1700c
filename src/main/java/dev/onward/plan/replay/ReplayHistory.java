package dev.onward.plan.replay;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Requester;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recorded history.
 *
 * <p>Each label's releases form one chain in order of creation. The older tool's releases name no
 * label: they count as the project's own label's. A composed release stays outside every chain; it
 * names no label either, but records where its images came from.
 *
 * @param releases oldest first
 * @param deployments oldest first
 */
record ReplayHistory(List<Release> releases, List<Recorded> deployments) {
  ReplayHistory {
    releases = List.copyOf(releases);
    deployments = List.copyOf(deployments);
  }

  /** One recorded deployment. */
  record Recorded(Release release, Deployment deployment) {
    Instant at() {
      return deployment.createdAt();
    }

    EnvironmentId environment() {
      return deployment.environment();
    }

    boolean byPerson() {
      return !deployment.requestedBy().id().equals(Requester.ONWARD.id());
    }
  }

  static ReplayHistory of(List<Release> recorded, Label fromLabel) {
    var releases = new ArrayList<Release>();
    var newest = new HashMap<Label, ReleaseId>();
    for (Release release : recorded.stream().sorted(Release.BY_AGE).toList()) {
      Optional<Label> label = label(release, fromLabel);
      releases.add(label.map(l -> chained(release, l, newest)).orElse(release));
      label.ifPresent(l -> newest.put(l, release.id()));
    }
    var deployments = new ArrayList<Recorded>();
    for (Release release : releases) {
      release.deployments().forEach(made -> deployments.add(new Recorded(release, made)));
    }
    deployments.sort(Comparator.comparing(Recorded::at));
    return new ReplayHistory(releases, deployments);
  }

  private static Optional<Label> label(Release release, Label fromLabel) {
    ReleaseManifest manifest = release.manifest();
    return manifest.label().isPresent() || !manifest.services().isEmpty()
        ? manifest.label()
        : Optional.of(fromLabel);
  }

  private static Release chained(Release release, Label label, Map<Label, ReleaseId> newest) {
    return new Release(
        release.id(),
        release.project(),
        release.projectName(),
        release.createdAt(),
        release.lastDeployedAt(),
        release.description(),
        release.requestedBy(),
        release.images(),
        new ReleaseManifest(
            Optional.of(label),
            Optional.ofNullable(newest.get(label)),
            release.manifest().services()),
        release.deployments());
  }

  /** The deployments to an environment, oldest first. */
  List<Recorded> deploymentsTo(EnvironmentId environment) {
    return deployments.stream().filter(made -> made.environment().equals(environment)).toList();
  }
}
