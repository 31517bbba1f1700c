package dev.onward.simulation;

import dev.onward.command.CommandResult;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Freeze;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.observe.SimulatedReplica;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * People act through any process that is up, in turn with its cycles or, with words, beside them.
 */
final class People {
  private static final String ALICE = "arn:aws:iam::123456789012:user/alice";
  private static final List<ParameterType> WRONG_TYPES =
      List.of(ParameterType.SECURE_STRING, ParameterType.STRING_LIST);

  private final World world;
  private final Map<EnvironmentId, List<Long>> deployed = new HashMap<>();
  private final Map<String, Long> asked = new HashMap<>();
  private int asks;

  private enum What {
    ASKS,
    HEARS,
    GETS_NO_ANSWER,
    EDITS,
    RETYPES,
    LOSES
  }

  People(World world) {
    this.world = world;
  }

  /** When each person asked whose deployment was recorded there. */
  List<Long> deployed(EnvironmentId environment) {
    return deployed.getOrDefault(environment, List.of());
  }

  /** Notes that a person's deployment was recorded. */
  void deployed(EnvironmentId environment, Map<String, AttributeValue> deployment) {
    String id =
        Objects.requireNonNull(Objects.requireNonNull(deployment.get("requested_by")).m().get("id"))
            .s();
    deployed
        .computeIfAbsent(environment, it -> new ArrayList<>())
        .add(Objects.requireNonNull(asked.get(id)));
  }

  /** Now and then, until a moment. */
  void goOnUntil(long end) {
    long next = world.timeline.now() + world.chance.seconds(2, 45);
    if (next < end) {
      world.timeline.start(
          next,
          () -> {
            goOnUntil(end);
            act();
          });
    }
  }

  /** Now and then somebody dislikes what they see, and goes back while others go on from there. */
  void seesPromotionTo(EnvironmentId environment) {
    if (!world.isCalm() && world.chance.oneIn(6)) {
      world.timeline.start(
          world.timeline.now() + world.chance.millis(1, 1500),
          () ->
              ask(
                  new OperatorCommand.RollBack(
                      environment, OperatorCommand.RollBackTo.OLDER, true)));
    }
  }

  private void act() {
    EnvironmentId environment = world.chance.any(Setting.ENVIRONMENTS);
    boolean override = !world.chance.oneIn(3);
    switch (world.chance.below(20)) {
      case 0, 1 -> say(new Intervention.Hold(environment));
      case 2 -> say(new Intervention.Resume(environment));
      case 3 -> aRelease().ifPresent(it -> say(new Intervention.Reject(it)));
      case 4 -> aRelease().ifPresent(it -> say(new Intervention.Unreject(it)));
      case 5, 6, 7, 8 -> aRelease().ifPresent(it -> say(new Intervention.Approve(it, environment)));
      case 9, 10, 11 ->
          aRelease().ifPresent(it -> ask(new OperatorCommand.Deploy(environment, it, override)));
      case 12 ->
          ask(
              new OperatorCommand.RollBack(
                  environment, OperatorCommand.RollBackTo.OLDER, override));
      case 13 ->
          ask(
              world.chance.oneIn(2)
                  ? new OperatorCommand.Repair(environment, override)
                  : new OperatorCommand.RollBack(
                      environment, OperatorCommand.RollBackTo.BEFORE, override));
      case 14 -> say(new Intervention.SetFreeze("f", Optional.of(environment), Optional.empty()));
      case 15 -> say(new Intervention.LiftFreeze("f", Optional.of(environment)));
      case 16 -> say(new Intervention.StopEverything());
      case 17 -> say(new Intervention.ResumeEverything());
      case 18 -> ask(new OperatorCommand.Cut(Setting.LATEST));
      default -> sayEverywhere();
    }
  }

  private Optional<ReleaseId> aRelease() {
    List<Release> all = world.oldTool.releases();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.get(all.size() - 1 - world.chance.below(Math.min(4, all.size()))).id());
  }

  /** Everything that stands is taken back, and what is still being said as well, until a moment. */
  void takeAllBackUntil(long end) {
    world.timeline.start(
        world.timeline.now(),
        () -> {
          while (world.timeline.now() < end) {
            resumeWhereWordsAreMissing();
            standing().ifPresent(this::say);
            if (world.judge.globalInterventions().stop().isPresent()) {
              everywhere(new Intervention.ResumeEverything());
            }
            world.timeline.sleep(world.chance.seconds(1, 3));
          }
        });
  }

  private Optional<Intervention> standing() {
    InterventionState interventions = world.judge.interventions();
    return interventions
        .stop()
        .<Intervention>map(it -> new Intervention.ResumeEverything())
        .or(() -> interventions.holds().keySet().stream().findFirst().map(Intervention.Resume::new))
        .or(
            () ->
                interventions.rejections().keySet().stream()
                    .findFirst()
                    .map(Intervention.Unreject::new))
        .or(() -> interventions.freezes().stream().findFirst().map(People::lifting));
  }

  private static Intervention lifting(Freeze freeze) {
    return new Intervention.LiftFreeze(freeze.id(), freeze.environment());
  }

  /** Has the newest release go to production, where a person is needed for that. */
  void letGo(ReleaseId release, boolean manual) {
    world.timeline.start(
        world.timeline.now(),
        () -> {
          say(new Intervention.Approve(release, Setting.PROD));
          if (manual) {
            ask(new OperatorCommand.Deploy(Setting.PROD, release, true));
          }
        });
  }

  /** Edits parameters by hand, now and then, until a moment. */
  void editUntil(long end) {
    long next = world.timeline.now() + world.chance.seconds(5, 80);
    if (!world.setting.knows(Fault.EDITS) || next >= end) {
      return;
    }
    world.timeline.at(
        next,
        () -> {
          editUntil(end);
          var service = world.chance.any(world.setting.services());
          String path = Builds.path(world.chance.any(Setting.ENVIRONMENTS), service);
          String image = Builds.image(service, world.chance.below(9));
          if (isWritable(path)) {
            world.ssm.put(path, image, ALICE, Optional.empty());
            world.trace.line("person", What.EDITS, () -> "edits %s to %s".formatted(path, image));
          }
        });
  }

  /** Gives a parameter another type for a while, now and then, until a moment. */
  void retypeUntil(long end) {
    long next = world.timeline.now() + world.chance.seconds(5, 30);
    if (!world.setting.knows(Fault.WRONG_TYPE) || next >= end) {
      return;
    }
    world.timeline.at(
        next,
        () -> {
          var service = world.chance.any(world.setting.services());
          String path = Builds.path(world.chance.any(Setting.ENVIRONMENTS), service);
          var type = world.chance.any(WRONG_TYPES);
          retype(path, type, "no image");
          long back = Math.min(end, next + world.chance.seconds(10, 40));
          String image = Builds.image(service, world.chance.below(9));
          world.timeline.at(
              back,
              () -> {
                retype(path, ParameterType.STRING, image);
                retypeUntil(end);
              });
        });
  }

  private void retype(String path, ParameterType type, String value) {
    world.ssm.replace(path, type, value, ALICE);
    world.trace.line(
        "person", What.RETYPES, () -> "makes %s a %s, %s".formatted(path, type, value));
  }

  /** Deletes what operators have said, of everything or of the project, now and then. */
  void loseWordsUntil(long end) {
    if (!world.setting.knows(Fault.WORDS_LOST)) {
      return;
    }
    long next = world.timeline.now() + world.chance.seconds(20, 60);
    if (next >= end) {
      return;
    }
    world.timeline.at(
        next,
        () -> {
          loseWordsUntil(end);
          boolean ofEverything = world.chance.oneIn(2);
          world
              .judge
              .lose(ofEverything)
              .ifPresent(
                  lost ->
                      world.trace.line(
                          "person",
                          What.LOSES,
                          () ->
                              "deletes what is said of %s: %s"
                                  .formatted(ofEverything ? "everything" : "the project", lost)));
        });
  }

  /** Whoever is told that words are gone lets automation go on, through that very process. */
  private void resumeWhereWordsAreMissing() {
    var resume = new Intervention.ResumeEverything();
    DesiredState desired = world.setting.desired();
    for (ReplicaProcess process : List.copyOf(world.processes)) {
      String told = process.isDead() ? "" : process.failure().map(Failure::message).orElse("");
      if (told.startsWith("the stored interventions of everything were lost")) {
        Attribution attribution = said();
        through(
            process, resume, it -> it.inTurn(onward -> onward.sayEverywhere(resume, attribution)));
      } else if (told.startsWith("the stored interventions of the project were lost")) {
        Attribution attribution = said();
        through(
            process,
            resume,
            it -> it.aside(onward -> onward.updateInterventions(desired, resume, attribution)));
      }
    }
  }

  private boolean isWritable(String path) {
    return world.ssm.current(path).filter(it -> it.type() != ParameterType.STRING).isEmpty();
  }

  private void sayEverywhere() {
    everywhere(
        world.judge.globalInterventions().stop().isEmpty()
            ? new Intervention.StopEverything()
            : new Intervention.ResumeEverything());
  }

  private void everywhere(Intervention intervention) {
    Attribution attribution = said();
    through(
        intervention, process -> process.inTurn(it -> it.sayEverywhere(intervention, attribution)));
  }

  private void say(Intervention intervention) {
    var wish = new OperatorCommand.Say(intervention);
    Attribution attribution = said();
    DesiredState desired = world.setting.desired();
    boolean aside = world.chance.oneIn(2);
    Function<SimulatedReplica, CommandResult> inTurn = it -> it.execute(desired, wish, attribution);
    through(
        intervention,
        process ->
            aside
                ? process.aside(it -> it.updateInterventions(desired, intervention, attribution))
                : process.inTurn(inTurn));
  }

  private void ask(OperatorCommand command) {
    Attribution attribution = said();
    DesiredState desired = world.setting.desired();
    through(command, process -> process.inTurn(it -> it.execute(desired, command, attribution)));
  }

  /** Everybody asks once, so that what comes of it can be told from all else. */
  private Attribution said() {
    var person = new Requester("person" + ++asks, "Person " + asks);
    asked.put(person.id(), world.timeline.now());
    return new Attribution(person, world.now(), "a reason", Optional.empty());
  }

  private void through(Object what, Function<ReplicaProcess, CommandResult> asking) {
    List<ReplicaProcess> up =
        world.processes.stream().filter(process -> !process.isDead()).toList();
    if (up.isEmpty()) {
      world.timeline.sleep(world.chance.millis(500, 1000));
      return;
    }
    through(world.chance.any(up), what, asking);
  }

  private void through(
      ReplicaProcess process, Object what, Function<ReplicaProcess, CommandResult> asking) {
    String who = "person" + asks;
    world.trace.line(who, What.ASKS, () -> "asks %s for %s".formatted(process.name(), what));
    try {
      CommandResult report = asking.apply(process);
      world.trace.line(
          who,
          What.HEARS,
          () ->
              "hears %s, %s"
                  .formatted(report.grant().getClass().getSimpleName(), report.outcome()));
    } catch (StoreException | Crash e) {
      world.trace.line(who, What.GETS_NO_ANSWER, () -> "gets no answer: " + e.getMessage());
    }
  }
}
