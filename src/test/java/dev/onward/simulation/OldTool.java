package dev.onward.simulation;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ssm.model.HierarchyTypeMismatchException;

/**
 * The old tool, which people go on using: {@code prepare} freezes what is under the label into a
 * release, {@code deploy} appends to a release's deployments, under no condition, and then writes
 * the parameters one by one. It knows nothing of heads, and may be interrupted anywhere.
 */
final class OldTool {
  private static final String USER = "arn:aws:iam::123456789012:user/carol";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private final World world;
  private final List<Deployed> deployed = new ArrayList<>();
  private int prepared;

  private enum What {
    PREPARES,
    DEPLOYS,
    PUTS
  }

  OldTool(World world) {
    this.world = world;
  }

  /** A deployment by the old tool. */
  record Deployed(EnvironmentId environment, ReleaseId release, Instant at) {}

  List<Deployed> deployed() {
    return List.copyOf(deployed);
  }

  /** All releases in the table, by age. */
  List<Release> releases() {
    return world.dynamo.all(ModelStores.RELEASES).stream()
        .map(ModelStores::release)
        .sorted(Release.BY_AGE)
        .toList();
  }

  /** Before there was any Onward. */
  void workBefore() {
    if (world.chance.oneIn(3)) {
      world.timeline.start(
          0,
          () -> {
            prepare();
            for (EnvironmentId environment : Setting.ENVIRONMENTS) {
              if (world.chance.oneIn(2)) {
                deploy(environment, releases().getFirst(), false);
              }
            }
          });
    }
  }

  /** Now and then, until a moment. */
  void goOnUntil(long end) {
    long next = world.timeline.now() + world.chance.seconds(10, 90);
    if (!world.setting.knows(Fault.OLD_TOOL) || next >= end) {
      return;
    }
    world.timeline.start(
        next,
        () -> {
          goOnUntil(end);
          if (world.chance.oneIn(3)) {
            prepare();
          }
          List<Release> all = releases();
          if (!all.isEmpty()) {
            Release release = all.get(all.size() - 1 - world.chance.below(Math.min(4, all.size())));
            deploy(world.chance.any(Setting.ENVIRONMENTS), release, world.chance.oneIn(5));
          }
        });
  }

  private void prepare() {
    var images = new HashMap<String, AttributeValue>();
    for (ServiceId service : world.setting.services()) {
      world
          .ssm
          .current(Builds.path(Setting.LATEST, service))
          .ifPresent(it -> images.put(service.value(), AttributeValue.fromS(it.value())));
    }
    String id =
        UUID.nameUUIDFromBytes(("prepared" + ++prepared).getBytes(StandardCharsets.UTF_8))
            .toString();
    var item = new HashMap<String, AttributeValue>();
    item.put("release_id", AttributeValue.fromS(id));
    item.put("project_id", AttributeValue.fromS(Setting.PROJECT.value()));
    item.put("project_name", AttributeValue.fromS("Storage service"));
    item.put("date_created", AttributeValue.fromS(DATE.format(world.now())));
    item.put("requested_by", AttributeValue.fromS(USER));
    item.put("description", AttributeValue.fromS("prepared"));
    item.put("git_commit", AttributeValue.fromS("8f14e45"));
    item.put("images", AttributeValue.fromM(images));
    if (world.chance.oneIn(2)) {
      item.put("deployments", AttributeValue.fromL(List.of()));
    }
    world.dynamo.put(ModelStores.RELEASES, item, Optional.empty(), Map.of());
    world.trace.line("old tool", What.PREPARES, () -> "prepares " + id);
  }

  private void deploy(EnvironmentId environment, Release release, boolean interrupted) {
    Instant at = world.now().truncatedTo(ChronoUnit.MICROS);
    update(
        release,
        "SET deployments = list_append(if_not_exists(deployments, :empty), :value)",
        AttributeValue.fromL(List.of(deployment(environment, at))));
    deployed.add(new Deployed(environment, release.id(), at));
    world.trace.line(
        "old tool", What.DEPLOYS, () -> "deploys %s to %s".formatted(release.id(), environment));
    world.timeline.sleep(world.chance.millis(5, 400));
    update(release, "SET last_date_deployed = :value", AttributeValue.fromS(DATE.format(at)));
    int puts = interrupted ? world.chance.below(release.images().images().size()) : 99;
    for (Map.Entry<ServiceId, ImageRef> image : release.images().images().entrySet()) {
      world.timeline.sleep(world.chance.millis(50, 3000));
      if (puts-- > 0) {
        try {
          world.ssm.put(
              Builds.path(environment, image.getKey()),
              image.getValue().value(),
              USER,
              Optional.empty());
        } catch (HierarchyTypeMismatchException e) {
          // It ends with a stack trace there, and what comes after is not written.
          return;
        }
        world.trace.line(
            "old tool",
            What.PUTS,
            () -> "puts %s into %s".formatted(image.getValue(), environment));
      }
    }
  }

  private void update(Release release, String expression, AttributeValue value) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":value", value);
    values.put(":empty", AttributeValue.fromL(List.of()));
    world.dynamo.update(
        ModelStores.RELEASES,
        Map.of("release_id", AttributeValue.fromS(release.id().value())),
        expression,
        Optional.empty(),
        values,
        Map.of());
  }

  private static AttributeValue deployment(EnvironmentId environment, Instant at) {
    return AttributeValue.fromM(
        Map.of(
            "date_created", AttributeValue.fromS(DATE.format(at)),
            "description", AttributeValue.fromS("by hand"),
            "environment",
                AttributeValue.fromM(
                    Map.of(
                        "id", AttributeValue.fromS(environment.value()),
                        "name", AttributeValue.fromS(environment.value()))),
            "requested_by", AttributeValue.fromS(USER)));
  }
}
