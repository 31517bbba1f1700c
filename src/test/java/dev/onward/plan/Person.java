package dev.onward.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ImageRef;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.Label;
import dev.onward.model.OperatorWord;
import dev.onward.model.Release;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Somebody who asks Onward for things, always with a reason. */
record Person(World world, String name) {
  private static final String REASON = "INC-42";

  /** What would come of a wish; nothing does yet. */
  Grant asks(Wish wish) {
    return asks(wish, Optional.empty());
  }

  Preview previews(Wish wish) {
    return Preview.of(world::plan, seen(wish), asks(wish), world.clock());
  }

  Grant.Refused isRefused(Wish wish) {
    assertThat(asks(wish)).isInstanceOf(Grant.Refused.class);
    return (Grant.Refused) asks(wish);
  }

  /** The wish is granted, and comes true. */
  void does(Wish wish) {
    world.carryOut(asks(wish));
  }

  void holds(EnvironmentId environment) {
    does(new Wish.Say(new OperatorWord.Hold(environment)));
  }

  void holds(EnvironmentId environment, Duration duration) {
    says(new OperatorWord.Hold(environment), world.clock().plus(duration));
  }

  void resumes(EnvironmentId environment) {
    does(new Wish.Say(new OperatorWord.Resume(environment)));
  }

  void rejects(Release release) {
    does(new Wish.Say(new OperatorWord.Reject(release.id())));
  }

  void unrejects(Release release) {
    does(new Wish.Say(new OperatorWord.Unreject(release.id())));
  }

  void approves(Release release, EnvironmentId environment) {
    does(approval(release, environment));
  }

  void approves(Release release, EnvironmentId environment, Duration validFor) {
    says(new OperatorWord.Approve(release.id(), environment), world.clock().plus(validFor));
  }

  static Wish approval(Release release, EnvironmentId environment) {
    return new Wish.Say(new OperatorWord.Approve(release.id(), environment));
  }

  void freezes(EnvironmentId environment, String id, Duration duration) {
    says(
        new OperatorWord.SetFreeze(id, Optional.of(environment), Optional.empty()),
        world.clock().plus(duration));
  }

  void freezesTheProject(String id) {
    does(new Wish.Say(new OperatorWord.SetFreeze(id, Optional.empty(), Optional.empty())));
  }

  void freezesTheProject(String id, Instant from, Instant until) {
    says(new OperatorWord.SetFreeze(id, Optional.empty(), Optional.of(from)), until);
  }

  void liftsTheFreeze(String id) {
    does(new Wish.Say(new OperatorWord.LiftFreeze(id)));
  }

  void stopsTheProject() {
    does(new Wish.Say(new OperatorWord.StopEverything()));
  }

  void letsTheProjectGoOn() {
    does(new Wish.Say(new OperatorWord.ResumeEverything()));
  }

  /** Says something of all projects at once. */
  void saysOfEverything(OperatorWord word) {
    world.saidOfEverything(ofEverything(word).to());
  }

  /** What saying it of all projects would mean for this one. */
  Preview previewsOfEverything(OperatorWord word) {
    return Preview.ofEverywhere(
        World.PLANNER, world.desired(), world.observe(), ofEverything(word), world.clock());
  }

  private Saying ofEverything(OperatorWord word) {
    Intervention said = said(Optional.empty());
    Interventions from = world.observe().everywhere();
    Interventions.Change change = from.after(word, said);
    assertThat(change).isInstanceOf(Interventions.Change.Made.class);
    return new Saying(word, said, from, ((Interventions.Change.Made) change).next());
  }

  void deploys(Release release, EnvironmentId environment) {
    does(new Wish.Deploy(environment, release.id(), false));
  }

  /** Overrides whatever gates hold it. */
  void deploysRegardless(Release release, EnvironmentId environment) {
    does(new Wish.Deploy(environment, release.id(), true));
  }

  void rollsBack(EnvironmentId environment) {
    does(new Wish.RollBack(environment, Wish.RollBackTo.OLDER, false));
  }

  void repairs(EnvironmentId environment) {
    does(new Wish.Repair(environment, false));
  }

  Release composes(Source from, Map<String, Wish.Replacement> replacements) {
    var byService = new TreeMap<ServiceId, Wish.Replacement>();
    replacements.forEach((service, by) -> byService.put(new ServiceId(service), by));
    Grant grant = asks(new Wish.Compose(from, byService));
    world.carryOut(grant);
    return ((Grant.Add) grant).release();
  }

  static Wish.Replacement as(ImageRef image) {
    return new Wish.Replacement.Given(image);
  }

  static Wish.Replacement from(Label label) {
    return new Wish.Replacement.FromLabel(label);
  }

  private void says(OperatorWord word, Instant until) {
    world.carryOut(asks(new Wish.Say(word), Optional.of(until)));
  }

  /** As {@link #asks(Wish)}, of something that ends by itself. */
  Grant asks(Wish wish, Optional<Instant> until) {
    return new WishPlanner(world.desired(), seen(wish), said(until)).consider(wish);
  }

  /** With the answers to what gates must know for this wish. */
  private ObservedState seen(Wish wish) {
    ObservedState seen = world.observe();
    var questions = new WishPlanner(world.desired(), seen, said(Optional.empty())).questions(wish);
    return seen.answering(world.outside().answers(questions, world.clock()));
  }

  private Intervention said(Optional<Instant> until) {
    var by = new Requester(name.toLowerCase(Locale.ROOT), name);
    return new Intervention(by, world.clock(), REASON, until);
  }
}
