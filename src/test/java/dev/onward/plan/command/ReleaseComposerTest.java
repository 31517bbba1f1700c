package dev.onward.plan.command;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.image;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Release;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.Person;
import dev.onward.plan.World;
import dev.onward.policy.PromotionMode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Releases that a person puts together: how a single service is released. */
class ReleaseComposerTest {
  private static final Label BRANCH = new Label("v2-branch");

  private final World world = World.automatic();
  private final Person alice = world.person("Alice");
  private final Release released = world.publish("ingests", "1").released("bags", "1");

  @Test
  void oneServiceComesFromAnotherLabelTheRestFromTheFirst() {
    world.publish(BRANCH, "bags", "branch").publish(BRANCH, "ingests", "branch");
    Release composed = alice.composes(LATEST, Map.of("bags", Person.from(BRANCH)));
    assertThat(composed.images().images().values())
        .containsExactly(image("bags", "branch"), image("ingests", "1"));
    var origin = composed.manifest().services().get(new ServiceId("bags"));
    assertThat(origin.parameter()).isEqualTo("/storage/images/v2-branch/bags");
    assertThat(composed.requestedBy().name()).isEqualTo("Alice");
    assertThat(composed.description()).isEqualTo("INC-42");
  }

  @Test
  void oneServiceIsAGivenImage() {
    Release composed = alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix"))));
    assertThat(composed.images().images().values())
        .containsExactly(image("bags", "hotfix"), image("ingests", "1"));
    assertThat(composed.manifest().services()).containsOnlyKeys(new ServiceId("ingests"));
  }

  @Test
  void anEnvironmentAsItIsNowCanBeTheBeginning() {
    world.publish("ingests", "2").mode(PROD, PromotionMode.MANUAL).released("bags", "2");
    Release composed = alice.composes(PROD, Map.of("bags", Person.from(LATEST)));
    assertThat(composed.images().images().values())
        .containsExactly(image("bags", "2"), image("ingests", "1"));
  }

  @Test
  void anEnvironmentThatDriftedIsNoBeginning() {
    world.edit(PROD, "bags", "by-hand").edit(PROD, "ingests", "by-hand");
    CommandDecision.Refused refused =
        alice.isRefused(new OperatorCommand.Compose(PROD, new TreeMap<>()));
    assertThat(refused.kind()).isEqualTo(CommandDecision.Kind.CONTRADICTING);
    assertThat(refused.reason())
        .isEqualTo(
            "the parameters of prod differ from its deployment: bags, ingests; compose from a"
                + " label, or repair them first");
    assertThat(alice.composes(STAGE, Map.of()).images()).isEqualTo(released.images());
  }

  @Test
  void anEnvironmentThatIsBeingWrittenIsNoBeginning() {
    Release hotfix = alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix"))));
    alice.deploys(hotfix, PROD);
    assertThat(alice.isRefused(new OperatorCommand.Compose(PROD, new TreeMap<>())).reason())
        .startsWith("the parameters of prod differ from its deployment: bags;");
    world.edit(PROD, "bags", "hotfix");
    assertThat(alice.isRefused(new OperatorCommand.Compose(PROD, new TreeMap<>())).reason())
        .startsWith("the parameters of prod are still being written");
    world.step();
    assertThat(alice.composes(PROD, Map.of()).images()).isEqualTo(hotfix.images());
  }

  @Test
  void anEnvironmentThatWasNeverDeployedToIsTakenAsItIs() {
    world.environment("test", LATEST, PromotionMode.MANUAL).step();
    var test = new EnvironmentId("test");
    world.edit(test, "bags", "by-hand");
    assertThat(alice.composes(test, Map.of()).images().images().values())
        .containsExactly(image("bags", "by-hand"));
  }

  @Test
  void whoeverHasLookedIsRefusedOnceSomebodyElseHasSpoken() {
    long seen = world.observe().interventions().version();
    var compose = new OperatorCommand.Compose(LATEST, new TreeMap<>());
    assertThat(alice.asksHavingSeen(seen, compose)).isInstanceOf(CommandDecision.Add.class);
    world.person("Bob").holds(PROD);
    assertThat(alice.asksHavingSeen(seen, compose))
        .isEqualTo(
            CommandDecision.Refused.contradicting(
                "the interventions are at version 1, not at version 0: read them again"));
  }

  @Test
  void itIsInNoChainAndAutomationDoesNotTakeIt() {
    Release composed = alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix"))));
    assertThat(composed.manifest().label()).isEmpty();
    assertThat(composed.manifest().previous()).isEmpty();
    world.runFor(days(1));
    assertThat(world.current(STAGE)).contains(released.id());
    Release next = world.released("bags", "2");
    assertThat(next.manifest().previous()).contains(released.id());
  }

  @Test
  void onceDeployedItStaysUntilTheNextReleaseOfTheLabel() {
    Release composed = alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix"))));
    alice.deploys(composed, STAGE);
    world.runFor(days(1));
    assertThat(world.images(STAGE)).isEqualTo(composed.images());
    assertThat(world.current(PROD)).as("it flows on from there").contains(composed.id());
    Release next = world.released("bags", "2");
    assertThat(world.current(STAGE)).contains(next.id());
    assertThat(world.current(PROD)).contains(next.id());
  }

  @Test
  void deployedAfterANewerReleaseWasCutItIsNotUndoneByThat() {
    world.mode(STAGE, PromotionMode.MANUAL);
    Release composed = alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix"))));
    world.released("bags", "2");
    alice.deploys(composed, STAGE);
    world.mode(STAGE, PromotionMode.AUTO).runFor(days(1));
    assertThat(world.current(STAGE)).contains(composed.id());
    Release next = world.released("bags", "3");
    assertThat(world.current(STAGE)).contains(next.id());
  }

  @Test
  void everyRequestIsAReleaseOfItsOwnAndItsRetriesAreTheSame() {
    var command = new OperatorCommand.Compose(LATEST, new TreeMap<>());
    CommandDecision first = alice.asks(command);
    assertThat(alice.asks(command)).as("a retry at the same moment").isEqualTo(first);
    assertThat(world.person("Bob").asks(command)).isNotEqualTo(first);
    world.after(minutes(1));
    assertThat(alice.asks(command)).isNotEqualTo(first);
  }

  @Test
  void itIsNewerThanEverythingBeforeWhateverTheClockSays() {
    world.clockOff(hours(-5));
    assertThat(alice.composes(LATEST, Map.of()).newerThan(released)).isTrue();
  }

  @Test
  void whatIsMissingOrNoImageIsRefused() {
    var moon = new Label("moon");
    assertThat(alice.isRefused(new OperatorCommand.Compose(moon, new TreeMap<>())).reason())
        .isEqualTo("no image is published under 'moon'");
    var fromBranch = new TreeMap<ServiceId, OperatorCommand.Replacement>();
    fromBranch.put(new ServiceId("bags"), Person.from(BRANCH));
    assertThat(alice.isRefused(new OperatorCommand.Compose(LATEST, fromBranch)).reason())
        .isEqualTo("no image of bags is published under 'v2-branch'");
    world.put(LATEST, "ingests", new ObservedParameter.Value.NotAnImage("oops"));
    assertThat(alice.isRefused(new OperatorCommand.Compose(LATEST, new TreeMap<>())).reason())
        .startsWith("/storage/images/latest/ingests is 'oops'");
  }

  @Test
  void aParameterThatIsNoImageMayBeReplaced() {
    world.put(LATEST, "bags", new ObservedParameter.Value.NotAnImage("oops"));
    Release composed = alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix"))));
    assertThat(composed.images().images()).hasSize(2);
  }
}
