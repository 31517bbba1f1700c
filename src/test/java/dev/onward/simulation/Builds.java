package dev.onward.simulation;

import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import java.util.Optional;

/** Builds publish images under the label, now and then several at once, now and then an old one. */
final class Builds {
  private static final String USER = "arn:aws:iam::123456789012:user/build";

  private final World world;
  private int built;

  private enum What {
    PUBLISHES
  }

  Builds(World world) {
    this.world = world;
  }

  /** Every service, once. */
  void publishAll() {
    built++;
    world.setting.services().forEach(service -> publish(service, built));
  }

  /** Until a moment. */
  void goOnUntil(long end) {
    long next = world.timeline.now() + world.chance.seconds(2, 40);
    if (next >= end) {
      return;
    }
    world.timeline.at(
        next,
        () -> {
          if (world.chance.oneIn(6)) {
            publish(world.chance.any(world.setting.services()), world.chance.below(built + 1));
          } else {
            built++;
            for (ServiceId service : world.setting.services()) {
              if (world.chance.oneIn(2)) {
                publishIn(world.chance.seconds(0, 8), service, built);
              }
            }
          }
          goOnUntil(end);
        });
  }

  private void publishIn(long nanos, ServiceId service, int tag) {
    world.timeline.at(world.timeline.now() + nanos, () -> publish(service, tag));
  }

  private void publish(ServiceId service, int tag) {
    world.ssm.put(path(Setting.LATEST, service), image(service, tag), USER, Optional.empty());
    world.trace.line("build", What.PUBLISHES, () -> "publishes " + image(service, tag));
  }

  static String path(Source where, ServiceId service) {
    return new ParameterName(Setting.PROJECT, where, service).path();
  }

  static String image(ServiceId service, int tag) {
    return "example.com/images/%s:%d".formatted(service, tag);
  }

  static boolean isLabel(String path) {
    Label latest = Setting.LATEST;
    return path.startsWith("/%s/images/%s/".formatted(Setting.PROJECT, latest));
  }
}
