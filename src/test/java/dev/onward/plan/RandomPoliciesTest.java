package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.image;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Random policies, and random histories of builds, people's words and wandering clocks: automation
 * never passes over a gate. A failure names its seed; {@code -Dtest.seed=…} replays that one alone.
 */
class RandomPoliciesTest {
  private static final int HISTORIES = 1000;
  private static final int STEPS = 25;

  @Test
  void noGateIsEverPassedOver() {
    Optional<Long> replay = Optional.ofNullable(Long.getLong("test.seed"));
    long first = replay.orElseGet(System::nanoTime);
    int deployments = 0;
    for (long seed = first; seed < first + (replay.isPresent() ? 1 : HISTORIES); seed++) {
      try {
        deployments += new History(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("replay with -Dtest.seed=" + seed, e);
      }
    }
    if (replay.isEmpty()) {
      assertThat(deployments).as("automation is not held all the time").isGreaterThan(HISTORIES);
    }
  }

  private static final class History {
    private static final List<EnvironmentId> ENVIRONMENTS = List.of(STAGE, PROD);
    private static final List<String> SERVICES = List.of("bags", "ingests");
    private static final List<String> PEOPLE = List.of("Alice", "Bob", "Carol");

    private final Random random;
    private final World world = World.automatic();
    private final Ledger ledger = new Ledger();
    private final Judge judge;
    private final List<Release> releases = new ArrayList<>();
    private final Duration clockWanders;
    private int automatic;
    private int freezes;

    History(long seed) {
      random = new Random(seed);
      clockWanders = random.nextBoolean() ? minutes(5) : Duration.ZERO;
      PolicyRules stage = PolicyRules.random(random, false, world.now);
      PolicyRules prod = PolicyRules.random(random, true, world.now);
      world.gates(STAGE, stage.gates(random)).gates(PROD, prod.gates(random));
      ENVIRONMENTS.stream().filter(id -> random.nextBoolean()).forEach(world::repairs);
      judge = new Judge(ledger, Map.of(STAGE, stage, PROD, prod), clockWanders.multipliedBy(2));
    }

    /** How many deployments automation made. */
    int run() {
      cycle();
      for (int i = 0; i < STEPS; i++) {
        somethingHappens();
        cycle();
      }
      goesOn();
      return automatic;
    }

    private void somethingHappens() {
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3 ->
            world
                .publish(any(SERVICES), "v" + random.nextInt(1000))
                .after(minutes(1 + random.nextInt(5)));
        case 4, 5, 6 -> world.after(minutes(random.nextInt(90)));
        case 7 -> wanders();
        case 8 -> edits(any(ENVIRONMENTS), "v" + random.nextInt(1000));
        case 9 -> editsBack(any(ENVIRONMENTS));
        case 10 -> deploys(any(ENVIRONMENTS));
        case 11 -> oldToolDeploys();
        case 12 -> stopsOrGoesOn();
        default -> says();
      }
    }

    private void wanders() {
      long most = clockWanders.toSeconds();
      world.clockOff(Duration.ofSeconds(random.nextLong(-most, most + 1)));
    }

    private void edits(EnvironmentId id, String tag) {
      String service = any(SERVICES);
      world.edit(id, service, tag);
      ledger.written(id, new ServiceId(service), image(service, tag), world.now);
    }

    private void editsBack(EnvironmentId id) {
      if (world.current(id).isPresent()) {
        world
            .release(world.current(id).get())
            .images()
            .images()
            .forEach(
                (service, image) -> {
                  world.edit(id, service.value(), new ObservedParameter.Value.Image(image));
                  ledger.written(id, service, image, world.now);
                });
      }
    }

    private void deploys(EnvironmentId id) {
      if (releases.isEmpty()) {
        return;
      }
      boolean override = random.nextBoolean();
      OperatorCommand command =
          switch (random.nextInt(4)) {
            case 0 -> new OperatorCommand.RollBack(id, OperatorCommand.RollBackTo.OLDER, override);
            case 1 -> new OperatorCommand.RollBack(id, OperatorCommand.RollBackTo.BEFORE, override);
            case 2 -> new OperatorCommand.Repair(id, override);
            default -> new OperatorCommand.Deploy(id, any(releases).id(), override);
          };
      CommandDecision grant = person().asks(command);
      if (grant instanceof CommandDecision.Deploy deploy) {
        judge.person(deploy, override, world.clock());
        world.carryOut(deploy);
        ledger.deployed(id, deploy.action().release(), world.now, world.clock(), true);
      } else if (grant instanceof CommandDecision.Repair repair) {
        judge.person(repair, override, world.clock());
        world.carryOut(repair);
      }
    }

    private void oldToolDeploys() {
      if (releases.isEmpty() || world.clock().isBefore(world.now)) {
        return;
      }
      Release release = any(releases);
      world.after(Duration.ofSeconds(1)).oldToolDeploys(PROD, release);
      ledger.deployed(PROD, release, world.now, world.now, true);
    }

    private void stopsOrGoesOn() {
      Person person = person();
      if (random.nextInt(3) == 0) {
        person.saysOfEverything(
            ledger.everythingStopped
                ? new Intervention.ResumeEverything()
                : new Intervention.StopEverything());
        ledger.everythingStopped = !ledger.everythingStopped;
      } else if (random.nextBoolean()) {
        says(person, new Intervention.StopEverything());
      } else {
        says(person, new Intervention.ResumeEverything());
      }
    }

    private void says() {
      EnvironmentId id = any(ENVIRONMENTS);
      Person person = person();
      switch (random.nextInt(9)) {
        case 0 -> says(person, new Intervention.Hold(id));
        case 1 -> says(person, new Intervention.Resume(id));
        case 2 -> says(person, new Intervention.SetFreeze("f" + freezes++, maybe(id), soon()));
        case 3 -> lifts(person, "f" + random.nextInt(freezes + 1));
        case 4 -> onARelease(release -> says(person, new Intervention.Reject(release)));
        case 5 -> onARelease(release -> says(person, new Intervention.Unreject(release)));
        case 6 -> onARelease(release -> says(person, new Intervention.Withdraw(release, id)));
        default -> onARelease(release -> says(person, new Intervention.Approve(release, id)));
      }
    }

    private void says(Person person, Intervention intervention) {
      Instant now = world.clock();
      Instant earliest =
          intervention instanceof Intervention.SetFreeze freeze ? freeze.from().orElse(now) : now;
      Optional<Instant> until =
          random.nextBoolean()
              ? Optional.of(earliest.plus(minutes(1 + random.nextInt(120))))
              : Optional.empty();
      if (person.asks(new OperatorCommand.Say(intervention), until)
          instanceof CommandDecision.Say grant) {
        world.carryOut(grant);
        heard(intervention, person, new Ledger.Span(earliest, until.orElse(Instant.MAX)));
      }
    }

    private void heard(Intervention intervention, Person person, Ledger.Span span) {
      // What is said holds at once, even if the clock is put back afterwards.
      var holds = new Ledger.Span(Instant.MIN, span.to());
      switch (intervention) {
        case Intervention.Hold(EnvironmentId id) -> ledger.holds.put(id, holds);
        case Intervention.Resume(EnvironmentId id) -> ledger.holds.remove(id);
        case Intervention.Reject(ReleaseId id) -> ledger.rejections.put(id, holds);
        case Intervention.Unreject(ReleaseId id) -> ledger.rejections.remove(id);
        case Intervention.Approve(ReleaseId release, EnvironmentId id) ->
            ledger.approvals.add(new Ledger.Approved(release, id, person.name(), span));
        case Intervention.Withdraw(ReleaseId release, EnvironmentId id) ->
            ledger.approvals.removeIf(
                approved ->
                    approved.release().equals(release)
                        && approved.environment().equals(id)
                        && approved.person().equals(person.name()));
        case Intervention.SetFreeze freeze ->
            ledger.freezes.put(
                freeze.id(),
                new Ledger.Frozen(freeze.environment(), freeze.from().isPresent() ? span : holds));
        case Intervention.LiftFreeze(String id, var _) -> ledger.freezes.remove(id);
        case Intervention.StopEverything() -> ledger.projectStop = Optional.of(holds);
        case Intervention.ResumeEverything() -> ledger.projectStop = Optional.empty();
      }
    }

    private void cycle() {
      Plan plan = world.plan();
      if (random.nextInt(4) == 0) {
        assertThat(inAnotherOrder()).as("whatever the order").isEqualTo(Set.copyOf(plan.actions()));
      }
      world.carryOut(plan.actions());
      plan.actions().forEach(this::check);
      if (!plan.isEmpty()) {
        assertThat(world.plan().actions()).as("a plan after an applied plan is empty").isEmpty();
      }
    }

    private void check(Action action) {
      switch (action) {
        case Action.CutRelease cut -> {
          judge.cut(world.clock());
          releases.add(cut.release());
        }
        case Action.RecordDeployment deployment -> {
          EnvironmentId id = deployment.to().environment();
          judge.deployment(id, deployment.release(), world.now, world.clock());
          ledger.deployed(id, deployment.release(), world.now, world.clock(), false);
          automatic++;
        }
        case Action.ConvergeParameters converge -> {
          EnvironmentId id = converge.head().environment();
          judge.write(id, converge, world.clock());
          converge
              .writes()
              .forEach((service, image) -> ledger.written(id, service, image, world.now));
        }
        case Action.InitialiseEnvironment _, Action.AdoptDeployment _ -> {}
      }
    }

    /** The actions of a plan that is made from the same things in another order. */
    private Set<Action> inAnotherOrder() {
      ObservedState seen = world.observe();
      InterventionState interventions = seen.interventions();
      var environments = new ArrayList<>(world.desired().environments());
      Collections.shuffle(environments, random);
      DesiredState desired = world.desired();
      var reordered =
          new DesiredState(
              desired.project(), desired.name(), desired.role(), desired.releases(), environments);
      var saidInAnotherOrder =
          new InterventionState(
              interventions.version(),
              interventions.stop(),
              interventions.holds(),
              interventions.rejections(),
              interventions.approvals().reversed(),
              interventions.freezes().reversed());
      return Set.copyOf(
          World.PLANNER
              .plan(reordered, seen.withInterventions(saidInAnotherOrder), world.clock())
              .actions());
    }

    /** Without gates and when everything that was said is taken back, the next release flows. */
    private void goesOn() {
      Person alice = world.person("Alice");
      if (ledger.everythingStopped) {
        alice.saysOfEverything(new Intervention.ResumeEverything());
      }
      says(alice, new Intervention.ResumeEverything());
      ENVIRONMENTS.forEach(id -> says(alice, new Intervention.Resume(id)));
      for (String id : List.copyOf(ledger.freezes.keySet())) {
        lifts(alice, id);
      }
      world.clockOff(Duration.ZERO).gates(STAGE).gates(PROD);
      SERVICES.forEach(service -> world.publish(service, "last"));
      world.after(days(1)).step();
      for (EnvironmentId id : ENVIRONMENTS) {
        assertThat(world.current(id)).as("the next release flows").contains(world.newest().id());
        assertThat(world.images(id)).isEqualTo(world.newest().images());
      }
    }

    private void lifts(Person person, String id) {
      var set = Optional.ofNullable(ledger.freezes.get(id));
      says(person, new Intervention.LiftFreeze(id, set.flatMap(Ledger.Frozen::environment)));
    }

    private void onARelease(Consumer<ReleaseId> word) {
      if (!releases.isEmpty()) {
        word.accept(releases.get(Math.max(0, releases.size() - 1 - random.nextInt(4))).id());
      }
    }

    private Optional<EnvironmentId> maybe(EnvironmentId id) {
      return random.nextBoolean() ? Optional.of(id) : Optional.empty();
    }

    private Optional<Instant> soon() {
      return random.nextBoolean()
          ? Optional.of(world.clock().plus(minutes(random.nextInt(60))))
          : Optional.empty();
    }

    private Person person() {
      return world.person(any(PEOPLE));
    }

    private <T> T any(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }
  }
}
