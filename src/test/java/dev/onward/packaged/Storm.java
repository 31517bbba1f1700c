package dev.onward.packaged;

import static org.awaitility.Awaitility.await;

import dev.onward.packaged.KillPoint.Moment;
import dev.onward.packaged.LoadGenerator.Project;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What befalls the replicas, one thing after the other, while images are published and people act:
 * mostly they are killed, at the sending of any request or, every other time, of a decision.
 */
final class Storm {
  private static final int PAUSE_EVERY = 6;
  private static final int RESTART_EVERY = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(60);

  private final List<Project> projects;
  private final Fleet fleet;
  private final FaultProxy way;
  private final LoadGenerator crowd;
  private final Random random;
  private int killed;
  private int stoodStill;
  private int restarts;
  private Duration longestStop = Duration.ZERO;

  Storm(List<Project> projects, Fleet fleet, FaultProxy way, LoadGenerator crowd, Random random) {
    this.projects = projects;
    this.fleet = fleet;
    this.way = way;
    this.crowd = crowd;
    this.random = random;
  }

  /** Two processes for the first half, three for the second. */
  void rage(int kills) throws IOException, InterruptedException {
    projects.forEach(crowd::publishAll);
    fleet.start(true);
    fleet.start(true);
    for (int round = 1; killed < kills; round++) {
      if (killed == kills / 2 && fleet.size() == 2) {
        fleet.start(true);
      }
      if (round % PAUSE_EVERY == 3) {
        oneStandsStill();
      }
      if (round % RESTART_EVERY == 2) {
        rollingRestart();
      }
      oneIsKilled();
    }
  }

  private void oneIsKilled() {
    strike(fleet::kill);
    killed++;
    // Every fourth takes no part in the lease, and reconciles beside whoever leads.
    fleet.start(random.nextInt(4) > 0);
  }

  private void oneStandsStill() throws IOException, InterruptedException {
    String name = strike(fleet::standStill);
    projects.forEach(crowd::publishSome);
    fleet.goOnWhenAnotherLeads(name);
    stoodStill++;
  }

  private void rollingRestart() throws InterruptedException {
    projects.forEach(crowd::publishSome);
    Duration longest = fleet.restartAll();
    longestStop = longest.compareTo(longestStop) > 0 ? longest : longestStop;
    restarts++;
  }

  /** Lies in wait while there is something to do, and says whom it struck. */
  private String strike(Function<String, CompletionStage<Boolean>> deed) {
    Moment moment = random.nextBoolean() ? Moment.BEFORE : Moment.AFTER;
    KillPoint trap =
        random.nextBoolean()
            ? new KillPoint(1 + random.nextInt(4), this::isDecision, moment, deed)
            : new KillPoint(1 + random.nextInt(20), fleet::isKnown, moment, deed);
    way.lay(trap);
    projects.forEach(crowd::publishSome);
    projects.forEach(crowd::act);
    try {
      awaitOver(trap, PATIENCE);
    } catch (ConditionTimeoutException e) {
      // Nothing is to be decided: people hold it up. Then at whatever comes.
      if (way.takeBack(trap)) {
        trap = new KillPoint(1, fleet::isKnown, moment, deed);
        way.lay(trap);
      }
      awaitOver(trap, LAST_PATIENCE);
    }
    return trap.struck();
  }

  private static void awaitOver(KillPoint trap, Duration patience) {
    await().atMost(patience).pollInterval(Duration.ofMillis(20)).until(trap::isOver);
  }

  private boolean isDecision(AwsCall call) {
    return call.isDecision() && fleet.isKnown(call);
  }

  @Override
  public String toString() {
    return "%d killed, %d times one stood still, %d rolling restarts (longest stop %d ms)"
        .formatted(killed, stoodStill, restarts, longestStop.toMillis());
  }
}
