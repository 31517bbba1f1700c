package dev.onward.aws;

import dev.onward.model.DeployedRelease;
import dev.onward.model.Deployment;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ImageRef;
import dev.onward.model.ImageSet;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.Label;
import dev.onward.model.LabelHead;
import dev.onward.model.OperatorWord;
import dev.onward.model.Origin;
import dev.onward.model.ProjectId;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.model.ReleaseManifest;
import dev.onward.model.ReleaseManifest.ImageOrigin;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.plan.Action;
import dev.onward.plan.ForeignDeployment;
import dev.onward.plan.Saying;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Releases, deployments and actions to test stores with. */
final class Samples {
  static final ProjectId STORAGE = new ProjectId("storage");
  static final Label LATEST = new Label("latest");
  static final EnvironmentId STAGE = new EnvironmentId("stage");
  static final EnvironmentId PROD = new EnvironmentId("prod");
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Requester ALICE = new Requester("alice", "Alice");
  static final Requester BOB = new Requester("bob", "Bob");

  private Samples() {}

  /** A release of one image with the given tag; a tag always makes the same release. */
  static Release release(String tag) {
    return release(tag, NOON);
  }

  static Release release(String tag, Instant createdAt) {
    return release(STORAGE, tag, createdAt, "Release " + tag, 1);
  }

  static Release release(
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

  static ReleaseId id(String name) {
    return new ReleaseId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }

  static Action.CutRelease cut(Release release) {
    return new Action.CutRelease(
        release, Optional.empty(), new LabelHead(LATEST, release.id(), release.createdAt(), 1));
  }

  static Action.CutRelease cutAfter(LabelHead from, Release release) {
    return new Action.CutRelease(
        release,
        Optional.of(from),
        new LabelHead(LATEST, release.id(), release.createdAt(), from.version() + 1));
  }

  static Action.InitialiseEnvironment initialise(EnvironmentId environment) {
    return new Action.InitialiseEnvironment(EnvironmentHead.empty(environment), Optional.empty());
  }

  static Action.RecordDeployment deploy(Release release, EnvironmentHead from) {
    return deploy(release, from, NOON.plus(Duration.ofMinutes(5)), "promoted", Origin.AUTOMATION);
  }

  static Action.RecordDeployment deploy(
      Release release, EnvironmentHead from, Instant at, String description, Origin origin) {
    String id = id("deployment" + from.environment() + from.version() + release.id()).value();
    var deployment =
        new Deployment(
            Optional.of(id),
            at,
            description,
            from.environment(),
            "Staging",
            origin == Origin.AUTOMATION ? Requester.ONWARD : ALICE);
    var deployed =
        new DeployedRelease(release.id(), release.createdAt(), Optional.of(id), at, origin);
    boolean automatic = origin == Origin.AUTOMATION;
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
  static Action.AdoptDeployment adopt(Release release, EnvironmentHead from, Instant at) {
    var deployment =
        new Deployment(Optional.empty(), at, "by hand", from.environment(), "Staging", ALICE);
    var deployed =
        new DeployedRelease(
            release.id(), release.createdAt(), Optional.empty(), at, Origin.ADOPTED);
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

  static Saying say(OperatorWord word, Interventions from) {
    return say(word, from, ALICE);
  }

  static Saying say(OperatorWord word, Interventions from, Requester by) {
    return say(word, from, new Intervention(by, NOON, "because", Optional.empty()));
  }

  static Saying say(OperatorWord word, Interventions from, Intervention said) {
    return switch (from.after(word, said)) {
      case Interventions.Change.Made(Interventions next) -> new Saying(word, said, from, next);
      case Interventions.Change.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  static Action.ConvergeParameters converge(Release release, EnvironmentHead head, boolean repair) {
    return new Action.ConvergeParameters(release, head, new TreeMap<>(), true, repair);
  }
}
