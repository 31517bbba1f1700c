package dev.onward.simulation;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One write, in Onward's words. */
record Commit(
    List<Moved<LabelHead>> labels,
    List<Moved<EnvironmentHead>> environments,
    List<Moved<InterventionState>> words,
    List<DynamoModel.Changed> releases,
    long audited) {

  /** Something that was, and what it is now. */
  record Moved<T>(Optional<T> before, T after) {}

  static Commit of(List<DynamoModel.Changed> changes) {
    return new Commit(
        moved(changes, ModelStores::label),
        moved(changes, ModelStores::environment),
        moved(changes, ModelStores::interventions),
        changes.stream().filter(it -> it.table().equals(ModelStores.RELEASES)).toList(),
        changes.stream()
            .filter(it -> it.hash().startsWith("audit#") || it.hash().equals("daemon#audit"))
            .peek(it -> Judge.require(it.before().isEmpty(), "an audit event was written over"))
            .count());
  }

  /** The deployments that this write adds to releases. */
  List<Map<String, AttributeValue>> appended() {
    var appended = new ArrayList<Map<String, AttributeValue>>();
    for (var change : releases) {
      int before = Judge.deployments(change.before()).size();
      Judge.deployments(change.after()).stream()
          .skip(before)
          .map(AttributeValue::m)
          .forEach(appended::add);
    }
    return appended;
  }

  private static <T> List<Moved<T>> moved(
      List<DynamoModel.Changed> changes,
      Function<Map<String, AttributeValue>, Optional<T>> reading) {
    var moved = new ArrayList<Moved<T>>();
    for (var change : changes) {
      if (change.table().equals(ModelStores.STATE)) {
        reading
            .apply(change.after())
            .ifPresent(after -> moved.add(new Moved<>(read(change.before(), reading), after)));
      }
    }
    return moved;
  }

  private static <T> Optional<T> read(
      Map<String, AttributeValue> item,
      Function<Map<String, AttributeValue>, Optional<T>> reading) {
    return item.isEmpty() ? Optional.empty() : reading.apply(item);
  }
}
