package dev.onward.aws;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import dev.onward.plan.Action;
import dev.onward.plan.ForeignDeployment;
import dev.onward.plan.command.InterventionUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Releases, deployments and actions to test stores with. */
public final class Samples {
  public static final ProjectId STORAGE = new ProjectId("storage");
  public static final Label LATEST = new Label("latest");
  public static final EnvironmentId STAGE = new EnvironmentId("stage");
  static final EnvironmentId PROD = new EnvironmentId("prod");
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final Requester ALICE = new Requester("alice", "Alice");
  public static final Requester BOB = new Requester("bob", "Bob");

  private Samples() {}

  /** A release of one image with the given tag; a tag always makes the same release. */
  public static Release release(String tag) {
    return release(tag, NOON);
  }

  public static Release release(String tag, Instant createdAt) {
    return release(STORAGE, tag, createdAt, "Release " + tag, 1);
  }

  public static Release release(
      ProjectId project, String tag, Instant createdAt, String description, int services) {
    var images = new TreeMap<ServiceId, ImageRef>();
    var origins = new TreeMap<ServiceId, ImageOrigin>();
    for (int i = 0; i < services; i++) {
      var service = new ServiceId("service-" + i);
      var image = new ImageRef("example.com/images/service-%d:%s".formatted(i, tag));
      images.put(service, image);
      origins.put(
          service,
          new ImageOrigin(
              image,
              "/%s/images/latest/%s".formatted(project, service),
              i + 1L,
              createdAt.minusSeconds(60),
              Optional.of("arn:aws:sts::123456789012:assumed-role/ci/build")));
    }
    return new Release(
        id(project + tag),
        project,
        "Storage service",
        createdAt,
        Optional.empty(),
        description,
        Requester.ONWARD,
        new ImageSet(images),
        new ReleaseManifest(Optional.of(LATEST), Optional.empty(), origins),
        List.of());
  }

  public static ReleaseId id(String name) {
    return new ReleaseId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }

  public static Action.CutRelease cut(Release release) {
    return new Action.CutRelease(
        release, Optional.empty(), new LabelHead(LATEST, release.id(), release.createdAt(), 1));
  }

  public static Action.CutRelease cutAfter(LabelHead from, Release release) {
    return new Action.CutRelease(
        release,
        Optional.of(from),
        new LabelHead(LATEST, release.id(), release.createdAt(), from.version() + 1));
  }

  public static Action.InitialiseEnvironment initialise(EnvironmentId environment) {
    return new Action.InitialiseEnvironment(EnvironmentHead.empty(environment), Optional.empty());
  }

  public static Action.RecordDeployment deploy(Release release, EnvironmentHead from) {
    return deploy(
        release, from, NOON.plus(Duration.ofMinutes(5)), "promoted", DeploymentOrigin.AUTOMATION);
  }

  public static Action.RecordDeployment deploy(
      Release release,
      EnvironmentHead from,
      Instant at,
      String description,
      DeploymentOrigin origin) {
    String id = id("deployment" + from.environment() + from.version() + release.id()).value();
    var deployment =
        new Deployment(
            Optional.of(id),
            at,
            description,
            from.environment(),
            "Staging",
            origin == DeploymentOrigin.AUTOMATION ? Requester.ONWARD : ALICE);
    var deployed =
        new DeployedRelease(release.id(), release.createdAt(), Optional.of(id), at, origin);
    boolean automatic = origin == DeploymentOrigin.AUTOMATION;
    return new Action.RecordDeployment(
        release,
        deployment,
        automatic ? Optional.of(LATEST) : Optional.empty(),
        Optional.empty(),
        automatic ? Optional.of(0L) : Optional.empty(),
        from,
        from.deployed(deployed, Optional.of(at.minusSeconds(60))));
  }

  /** As the old tool would have made it: no id. */
  public static Action.AdoptDeployment adopt(Release release, EnvironmentHead from, Instant at) {
    var deployment =
        new Deployment(Optional.empty(), at, "by hand", from.environment(), "Staging", ALICE);
    var deployed =
        new DeployedRelease(
            release.id(), release.createdAt(), Optional.empty(), at, DeploymentOrigin.ADOPTED);
    return new Action.AdoptDeployment(
        new ForeignDeployment(release, deployment),
        from,
        from.adopted(deployed, at, Optional.empty()));
  }

  /** The same, taken from an environment at that head. */
  static Action.RecordDeployment takenFrom(EnvironmentHead source, Action.RecordDeployment action) {
    return new Action.RecordDeployment(
        action.release(),
        action.deployment(),
        Optional.of(source.environment()),
        Optional.of(source),
        action.interventions(),
        action.from(),
        action.to());
  }

  /** The same, decided by what operators had said at that version. */
  static Action.RecordDeployment decidedBy(long version, Action.RecordDeployment action) {
    return new Action.RecordDeployment(
        action.release(),
        action.deployment(),
        action.source(),
        action.sourceHead(),
        Optional.of(version),
        action.from(),
        action.to());
  }

  public static InterventionUpdate say(Intervention intervention, InterventionState from) {
    return say(intervention, from, ALICE);
  }

  public static InterventionUpdate say(
      Intervention intervention, InterventionState from, Requester by) {
    return say(intervention, from, new Attribution(by, NOON, "because", Optional.empty()));
  }

  public static InterventionUpdate say(
      Intervention intervention, InterventionState from, Attribution attribution) {
    return switch (from.after(intervention, attribution)) {
      case InterventionState.Change.Made(InterventionState next) ->
          new InterventionUpdate(intervention, attribution, from, next);
      case InterventionState.Change.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  public static Action.ConvergeParameters converge(
      Release release, EnvironmentHead head, boolean repair) {
    return new Action.ConvergeParameters(release, head, new TreeMap<>(), true, repair);
  }
}
