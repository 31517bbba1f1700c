package dev.onward.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.CommandPlanner;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.plan.command.Preview;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Somebody who asks Onward for things, always with a reason. */
public record Person(World world, String name) {
  private static final String REASON = "INC-42";

  /** What would come of a wish; nothing does yet. */
  public CommandDecision asks(OperatorCommand command) {
    return asks(command, Optional.empty());
  }

  public Preview previews(OperatorCommand command) {
    return Preview.of(world::plan, seen(command), asks(command), world.clock());
  }

  public CommandDecision.Refused isRefused(OperatorCommand command) {
    assertThat(asks(command)).isInstanceOf(CommandDecision.Refused.class);
    return (CommandDecision.Refused) asks(command);
  }

  /** Of one who has seen a version of the interventions. */
  public CommandDecision asksHavingSeen(long version, OperatorCommand command) {
    return new CommandPlanner(world.desired(), seen(command), said(Optional.empty()))
        .consider(command, Optional.of(version));
  }

  /** The wish is granted, and comes true. */
  public void does(OperatorCommand command) {
    world.carryOut(asks(command));
  }

  public void holds(EnvironmentId environment) {
    does(new OperatorCommand.Say(new Intervention.Hold(environment)));
  }

  void holds(EnvironmentId environment, Duration duration) {
    says(new Intervention.Hold(environment), world.clock().plus(duration));
  }

  void resumes(EnvironmentId environment) {
    does(new OperatorCommand.Say(new Intervention.Resume(environment)));
  }

  void rejects(Release release) {
    does(new OperatorCommand.Say(new Intervention.Reject(release.id())));
  }

  void unrejects(Release release) {
    does(new OperatorCommand.Say(new Intervention.Unreject(release.id())));
  }

  void approves(Release release, EnvironmentId environment) {
    does(approval(release, environment));
  }

  void approves(Release release, EnvironmentId environment, Duration validFor) {
    says(new Intervention.Approve(release.id(), environment), world.clock().plus(validFor));
  }

  public static OperatorCommand approval(Release release, EnvironmentId environment) {
    return new OperatorCommand.Say(new Intervention.Approve(release.id(), environment));
  }

  void freezes(EnvironmentId environment, String id, Duration duration) {
    says(
        new Intervention.SetFreeze(id, Optional.of(environment), Optional.empty()),
        world.clock().plus(duration));
  }

  public void freezesTheProject(String id) {
    does(
        new OperatorCommand.Say(
            new Intervention.SetFreeze(id, Optional.empty(), Optional.empty())));
  }

  void freezesTheProject(String id, Instant from, Instant until) {
    says(new Intervention.SetFreeze(id, Optional.empty(), Optional.of(from)), until);
  }

  void liftsTheFreeze(String id) {
    does(new OperatorCommand.Say(new Intervention.LiftFreeze(id)));
  }

  public void stopsTheProject() {
    does(new OperatorCommand.Say(new Intervention.StopEverything()));
  }

  void letsTheProjectGoOn() {
    does(new OperatorCommand.Say(new Intervention.ResumeEverything()));
  }

  /** Says something of all projects at once. */
  public void saysOfEverything(Intervention intervention) {
    world.globalInterventionsChanged(ofEverything(intervention).to());
  }

  /** What saying it of all projects would mean for this one. */
  public Preview previewsOfEverything(Intervention intervention) {
    return Preview.global(
        World.PLANNER, world.desired(), world.observe(), ofEverything(intervention), world.clock());
  }

  private InterventionUpdate ofEverything(Intervention intervention) {
    Attribution attribution = said(Optional.empty());
    InterventionState from = world.observe().globalInterventions();
    InterventionState.Change change = from.after(intervention, attribution);
    assertThat(change).isInstanceOf(InterventionState.Change.Made.class);
    return new InterventionUpdate(
        intervention, attribution, from, ((InterventionState.Change.Made) change).next());
  }

  public void deploys(Release release, EnvironmentId environment) {
    does(new OperatorCommand.Deploy(environment, release.id(), false));
  }

  /** Overrides whatever gates hold it. */
  void deploysRegardless(Release release, EnvironmentId environment) {
    does(new OperatorCommand.Deploy(environment, release.id(), true));
  }

  void rollsBack(EnvironmentId environment) {
    does(new OperatorCommand.RollBack(environment, OperatorCommand.RollBackTo.OLDER, false));
  }

  void repairs(EnvironmentId environment) {
    does(new OperatorCommand.Repair(environment, false));
  }

  public Release composes(Source from, Map<String, OperatorCommand.Replacement> replacements) {
    var byService = new TreeMap<ServiceId, OperatorCommand.Replacement>();
    replacements.forEach((service, by) -> byService.put(new ServiceId(service), by));
    CommandDecision grant = asks(new OperatorCommand.Compose(from, byService));
    world.carryOut(grant);
    return ((CommandDecision.Add) grant).release();
  }

  public static OperatorCommand.Replacement as(ImageRef image) {
    return new OperatorCommand.Replacement.Given(image);
  }

  public static OperatorCommand.Replacement from(Label label) {
    return new OperatorCommand.Replacement.FromLabel(label);
  }

  private void says(Intervention intervention, Instant until) {
    world.carryOut(asks(new OperatorCommand.Say(intervention), Optional.of(until)));
  }

  /** As {@link #asks(Wish)}, of something that ends by itself. */
  CommandDecision asks(OperatorCommand command, Optional<Instant> until) {
    return new CommandPlanner(world.desired(), seen(command), said(until)).consider(command);
  }

  /** With the answers to what gates must know for this wish. */
  private ObservedState seen(OperatorCommand command) {
    ObservedState seen = world.observe();
    var queries =
        new CommandPlanner(world.desired(), seen, said(Optional.empty())).queries(command);
    return seen.answering(world.outside().answers(queries, world.clock()));
  }

  private Attribution said(Optional<Instant> until) {
    var by = new Requester(name.toLowerCase(Locale.ROOT), name);
    return new Attribution(by, world.clock(), REASON, until);
  }
}
