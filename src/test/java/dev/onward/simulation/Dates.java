package dev.onward.simulation;

import static dev.onward.simulation.Judge.require;

import dev.onward.model.release.DeployedRelease;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whatever Onward decides after a look is dated by no false clock: not before this world began, and
 * not later than the true time but by what a well-kept clock may be ahead.
 */
final class Dates {
  /** Dates of releases, deployments and audit events, these in their sort keys too. */
  private static final Pattern DATE =
      Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?");

  /** A request that comes late was dated by a clock as it was minutes ago. */
  private static final Duration LATE = Duration.ofMinutes(3);

  private final World world;

  Dates(World world) {
    this.world = world;
  }

  void judge(List<DynamoModel.Changed> changes, Commit commit) {
    // A word can be said before the first look, when there is nothing but the machine's own clock.
    if (world.acting().isEmpty() || !commit.words().isEmpty()) {
      return;
    }
    ReplicaProcess process = world.acting().get();
    Instant latest = world.now().plus(world.isLate() ? LATE : process.clockError());
    for (var change : changes) {
      change
          .after()
          .forEach(
              (name, value) -> {
                if (!value.equals(change.before().get(name))) {
                  texts(change.hash() + " " + name, value, latest);
                }
              });
    }
    for (var label : commit.labels()) {
      one("the head of a label", label.after().releaseCreatedAt(), latest);
    }
    for (var environment : commit.environments()) {
      for (DeployedRelease deployed : environment.after().history()) {
        one("the head of " + environment.after().environment(), deployed.deployedAt(), latest);
        deployed
            .convergedSince()
            .ifPresent(steady -> one("what is steady in a head", steady, latest));
      }
    }
  }

  private static void texts(String where, AttributeValue value, Instant latest) {
    if (value.s() != null) {
      Matcher date = DATE.matcher(value.s());
      if (date.find()) {
        one(where, LocalDateTime.parse(date.group()).toInstant(ZoneOffset.UTC), latest);
      }
    } else if (value.hasM()) {
      for (Map.Entry<String, AttributeValue> entry : value.m().entrySet()) {
        texts(where + " " + entry.getKey(), entry.getValue(), latest);
      }
    } else if (value.hasL()) {
      value.l().forEach(it -> texts(where, it, latest));
    }
  }

  private static void one(String where, Instant date, Instant latest) {
    require(
        !date.isBefore(World.BEGINNING) && !date.isAfter(latest),
        "%s is dated %s, which never was: at most %s is possible",
        where,
        date,
        latest);
  }
}
