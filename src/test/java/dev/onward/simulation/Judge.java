package dev.onward.simulation;

import com.google.errorprone.annotations.FormatMethod;
import dev.onward.aws.JsonDumps;
import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Watches every write, knows what really is, and what must never be. */
final class Judge implements DynamoModel.Witness {
  private static final String PARTITION = "project#" + Setting.PROJECT;
  private static final Set<String> GROWING =
      Set.of("deployments", "last_date_deployed", "deployments_overflow");

  private final World world;
  private final ParameterTruth parameters;
  private final Cuts cuts;
  private final Heads heads;
  private final Dates dates;
  private final Map<ReleaseId, Release> releases = new HashMap<>();
  private long audited;
  private long changed;
  private long lostVersion;

  Judge(World world) {
    this.world = world;
    parameters = new ParameterTruth(world);
    cuts = new Cuts(world, parameters);
    heads = new Heads(world, parameters, cuts);
    dates = new Dates(world);
  }

  @FormatMethod
  static void require(boolean condition, String otherwise, Object... about) {
    if (!condition) {
      throw new AssertionError(otherwise.formatted(about));
    }
  }

  ParameterTruth parameters() {
    return parameters;
  }

  Heads heads() {
    return heads;
  }

  /** How many writes were to be audited. */
  long changed() {
    return changed;
  }

  Optional<EnvironmentHead> head(EnvironmentId environment) {
    return ModelStores.environment(state("environment#" + environment));
  }

  InterventionState interventions() {
    return ModelStores.interventions(state("interventions")).orElse(InterventionState.NONE);
  }

  /** What is said of everything. */
  InterventionState globalInterventions() {
    return ModelStores.interventions(item("daemon", "interventions"))
        .orElse(InterventionState.NONE);
  }

  /** Somebody deletes what operators have said; empty if there is nothing. */
  Optional<InterventionState> lose(boolean ofEverything) {
    InterventionState there = ofEverything ? globalInterventions() : interventions();
    if (there.version() == 0) {
      return Optional.empty();
    }
    lostVersion = Math.max(lostVersion, there.version());
    world.dynamo.delete(
        ModelStores.STATE, key(ofEverything ? "daemon" : PARTITION, "interventions"));
    return Optional.of(there);
  }

  /** Where words were lost, their versions go on from the one that whoever says them knew. */
  private boolean isNext(long version, long before) {
    return version == before + 1
        || (before < lostVersion && version > before && version <= lostVersion + 1);
  }

  /** Who has seen that words are gone decides nothing until a person has stopped or resumed. */
  private void isDecidedByAllWords(Commit commit) {
    boolean decision =
        (!commit.appended().isEmpty() && !commit.environments().isEmpty())
            || !commit.labels().isEmpty();
    world
        .acting()
        .filter(process -> decision && !world.isLate())
        .ifPresent(
            process ->
                require(
                    !process.decidesWithoutWords(),
                    "%s decided although it had seen that what operators said is gone",
                    process.name()));
  }

  Optional<LabelHead> label() {
    return ModelStores.label(state("label#" + Setting.LATEST));
  }

  /** As it was created; its deployments are of no interest. */
  Release release(ReleaseId id) {
    return releases.computeIfAbsent(
        id,
        it ->
            ModelStores.release(
                world.dynamo.get(
                    ModelStores.RELEASES, Map.of("release_id", AttributeValue.fromS(it.value())))));
  }

  private Map<String, AttributeValue> state(String key) {
    return item(PARTITION, key);
  }

  private Map<String, AttributeValue> item(String partition, String key) {
    return world.dynamo.get(ModelStores.STATE, key(partition, key));
  }

  private static Map<String, AttributeValue> key(String partition, String key) {
    return Map.of("pk", AttributeValue.fromS(partition), "sk", AttributeValue.fromS(key));
  }

  @Override
  public void committed(List<DynamoModel.Changed> changes) {
    Commit commit = Commit.of(changes);
    commit.releases().forEach(Judge::releaseChanged);
    dates.judge(changes, commit);
    isDecidedByAllWords(commit);
    long moved = 0;
    for (var label : commit.labels()) {
      cuts.moved(label, commit);
      moved++;
    }
    for (var environment : commit.environments()) {
      moved += heads.changed(environment, commit) ? 1 : 0;
    }
    for (var words : commit.words()) {
      require(
          isNext(
              words.after().version(), words.before().map(InterventionState::version).orElse(0L)),
          "somebody's word was written over: %s by %s",
          words.before(),
          words.after());
      moved++;
    }
    audited += commit.audited();
    if (moved > 0) {
      changed += moved;
      require(commit.audited() == moved, "%d audit events for %d changes", commit.audited(), moved);
    }
    boolean ofOnward = world.acting().isPresent();
    require(
        !ofOnward || commit.appended().isEmpty() || !commit.environments().isEmpty(),
        "a deployment was recorded of which no head knows");
  }

  /** Whoever writes: what was there is there still. */
  private static void releaseChanged(DynamoModel.Changed change) {
    change
        .before()
        .forEach(
            (name, value) ->
                require(
                    GROWING.contains(name) || value.equals(change.after().get(name)),
                    "attribute %s of release %s was %s and is %s",
                    name,
                    change.hash(),
                    value,
                    String.valueOf(change.after().get(name))));
    List<String> unprintable = JsonDumps.unprintable(change.after());
    require(
        unprintable.isEmpty(),
        "the old tool cannot print release %s: %s",
        change.hash(),
        unprintable);
    List<AttributeValue> before = deployments(change.before());
    List<AttributeValue> after = deployments(change.after());
    require(
        after.size() >= before.size() && after.subList(0, before.size()).equals(before),
        "deployments of release %s were lost: %s became %s",
        change.hash(),
        before,
        after);
  }

  static List<AttributeValue> deployments(Map<String, AttributeValue> item) {
    AttributeValue deployments = item.get("deployments");
    return deployments == null ? List.of() : deployments.l();
  }

  /** Every event that should be in the audit trail is, and no other. */
  void auditIsComplete() {
    long there =
        world.dynamo.all(ModelStores.STATE).stream()
            .filter(item -> text(item, "pk").startsWith("audit#"))
            .count();
    long everywhere =
        world.dynamo.all(ModelStores.STATE).stream()
            .filter(item -> text(item, "pk").equals("daemon#audit"))
            .count();
    require(there + everywhere == audited, "the audit trail lost events: %d of %d", there, audited);
    require(audited >= changed, "the audit trail is not complete: %d of %d", audited, changed);
  }

  /** How often each deployment id stands in the releases table. */
  void everyDeploymentIsThereOnce() {
    var counts = new HashMap<String, Integer>();
    for (var item : world.dynamo.all(ModelStores.RELEASES)) {
      for (AttributeValue deployment : deployments(item)) {
        AttributeValue id = deployment.m().get("deployment_id");
        if (id != null) {
          counts.merge(id.s(), 1, Integer::sum);
        }
      }
    }
    counts.forEach(
        (id, count) -> require(count == 1, "deployment %s is there %d times", id, count));
    require(
        counts.keySet().equals(heads.recorded()),
        "deployments %s are recorded, %s were made",
        counts.keySet(),
        heads.recorded());
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }
}
