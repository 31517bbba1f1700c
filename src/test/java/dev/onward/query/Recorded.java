package dev.onward.query;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Releases as the table has them. */
final class Recorded {
  static final Instant BEGINNING = Instant.parse("2026-03-02T10:00:00Z");
  static final EnvironmentId STAGE = new EnvironmentId("stage");
  static final EnvironmentId PROD = new EnvironmentId("prod");

  private Recorded() {}

  static Instant hour(int number) {
    return BEGINNING.plus(Duration.ofHours(number));
  }

  static Deployment deployed(EnvironmentId where, Instant when) {
    return new Deployment(
        Optional.empty(), when, "", where, where.value(), new Requester("rk", "Robert"));
  }

  static Release release(int number, Deployment... deployments) {
    return release("r%05d".formatted(number), hour(number), "tag" + number, deployments);
  }

  static Release release(String id, Instant created, String tag, Deployment... deployments) {
    return new Release(
        new ReleaseId(id),
        new ProjectId("storage"),
        "Storage service",
        created,
        Stream.of(deployments).map(Deployment::createdAt).max(Comparator.naturalOrder()),
        "",
        Requester.ONWARD,
        ImageSet.of(
            Map.of(
                new ServiceId("bags"), new ImageRef("example.com/ns/bags:" + tag),
                new ServiceId("mets"), new ImageRef("example.com/ns/mets:1"))),
        ReleaseManifest.NONE,
        List.of(deployments));
  }
}
