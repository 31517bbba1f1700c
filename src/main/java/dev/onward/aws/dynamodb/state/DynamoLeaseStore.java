package dev.onward.aws.dynamodb.state;

import dev.onward.aws.client.AwsCallException;
import dev.onward.aws.client.AwsError;
import dev.onward.aws.dynamodb.Item;
import dev.onward.store.LeaseRecord;
import dev.onward.store.LeaseRecord.Presence;
import dev.onward.store.LeaseStore;
import dev.onward.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A lease as one item of the daemon's partition. Single conditional writes suffice, as nothing else
 * depends on them. A write that meets its own effect after a lost response recognises it by its
 * replica id, which is unique to the process, and by the beat.
 */
public final class DynamoLeaseStore implements LeaseStore {
  private static final String REPLICA_NAME = "#replica";
  private static final String REPLICA = ":replica";
  private static final String BEAT = ":beat";
  private static final String EXPECTED = ":expected";
  private static final String PRESENCE = ":presence";

  private final StatePartition state;
  private final Map<String, AttributeValue> key;
  private final AwsRequestOverrideConfiguration patience;

  /**
   * @param patience time-out of one attempt at a call
   */
  public DynamoLeaseStore(StatePartition state, String name, Duration patience) {
    this.state = state;
    key = state.key(StateTable.LEASE_PREFIX + name);
    this.patience =
        AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(patience)
            .apiCallAttemptTimeout(patience)
            .build();
  }

  @Override
  public LeaseRecord read() {
    var request =
        GetItemRequest.builder()
            .tableName(state.table())
            .key(key)
            .consistentRead(true)
            .overrideConfiguration(patience)
            .build();
    return state
        .item(request)
        .map(item -> state.readable(item, LeaseItem::read))
        .orElse(LeaseRecord.NONE);
  }

  @Override
  public Optional<LeaseRecord> claim(Claim claim) {
    try {
      var written = state.update(claiming(claim)).attributes();
      return Optional.of(state.readable(new Item(written), LeaseItem::read));
    } catch (AwsCallException e) {
      if (e.error() != AwsError.CONDITION && !e.mayHaveBeenCarriedOut()) {
        throw new StoreException(e.failure(), e);
      }
      LeaseRecord found = read();
      if (isWritten(claim, found)) {
        return Optional.of(found);
      }
      if (e.error() != AwsError.CONDITION) {
        // It may still arrive, so the result is unknown.
        throw new StoreException(e.failure(), true, e);
      }
      return Optional.empty();
    }
  }

  private static boolean isWritten(Claim claim, LeaseRecord found) {
    return found.beat() == claim.expected() + 1
        && found.leader().filter(claim.replica()::equals).isPresent();
  }

  private UpdateItemRequest claiming(Claim claim) {
    Map<String, String> names = names(claim.replica());
    var values = new HashMap<String, AttributeValue>();
    values.put(REPLICA, Item.ofText(claim.replica()));
    values.put(BEAT, Item.ofNumber(claim.expected() + 1));
    values.put(":term", Item.ofNumber(claim.term().toMillis()));
    values.put(PRESENCE, LeaseItem.of(claim.presence()));
    boolean first = claim.expected() == 0;
    if (!first) {
      values.put(EXPECTED, Item.ofNumber(claim.expected()));
    }
    var gone = new StringJoiner(", ", " REMOVE ", "").setEmptyValue("");
    for (String replica : claim.gone()) {
      String name = "#gone" + names.size();
      names.put(name, StateTable.REPLICA_PREFIX + replica);
      gone.add(name);
    }
    return update(names)
        .updateExpression(StateTable.CLAIM_LEASE + gone)
        .conditionExpression(first ? StateTable.NEVER_CLAIMED : StateTable.AT_BEAT)
        .expressionAttributeValues(values)
        .returnValues(ReturnValue.ALL_NEW)
        .build();
  }

  @Override
  public void attend(String replica, Presence presence) {
    write(
        update(names(replica))
            .updateExpression(StateTable.ATTEND)
            .expressionAttributeValues(Map.of(PRESENCE, LeaseItem.of(presence)))
            .build());
  }

  /** If another replica holds the lease, only removes this replica's heartbeat. */
  @Override
  public void leave(String replica, Optional<Long> leadingAt) {
    if (leadingAt.isPresent() && isGivenBack(replica, leadingAt.get())) {
      return;
    }
    write(update(names(replica)).updateExpression(StateTable.GO).build());
  }

  private boolean isGivenBack(String replica, long beat) {
    try {
      state.update(
          update(names(replica))
              .updateExpression(StateTable.GIVE_BACK)
              .conditionExpression(StateTable.OWN_AT_BEAT)
              .expressionAttributeValues(
                  Map.of(
                      REPLICA, Item.ofText(replica),
                      BEAT, Item.ofNumber(beat + 1),
                      EXPECTED, Item.ofNumber(beat)))
              .build());
      return true;
    } catch (AwsCallException e) {
      if (e.error() == AwsError.CONDITION) {
        return false;
      }
      throw new StoreException(e.failure(), e.mayHaveBeenCarriedOut(), e);
    }
  }

  private void write(UpdateItemRequest request) {
    try {
      state.update(request);
    } catch (AwsCallException e) {
      throw new StoreException(e.failure(), e.mayHaveBeenCarriedOut(), e);
    }
  }

  private UpdateItemRequest.Builder update(Map<String, String> names) {
    return UpdateItemRequest.builder()
        .tableName(state.table())
        .key(key)
        .expressionAttributeNames(names)
        .overrideConfiguration(patience);
  }

  private static Map<String, String> names(String replica) {
    var names = new HashMap<String, String>();
    names.put(REPLICA_NAME, StateTable.REPLICA_PREFIX + replica);
    return names;
  }
}
