package dev.onward.aws.dynamodb.state;

import dev.onward.aws.client.AwsCallException;
import dev.onward.aws.client.AwsError;
import dev.onward.aws.dynamodb.Item;
import dev.onward.store.Failure;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The idempotency keys of one owner: a partition of the state table with one item each.
 *
 * <p>Single writes cost half of a transaction, and nothing else depends on them. They have no token
 * that makes retries harmless; a claim contains its own, by which it is recognised.
 */
public final class DynamoIdempotencyStore implements IdempotencyStore {
  /** A key may be released or expire just after it was found to be taken. */
  private static final int ATTEMPTS = 3;

  private final StatePartition state;
  private final InstantSource clock;

  public DynamoIdempotencyStore(StatePartition state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  @Override
  public Claim claim(String key, String fingerprint) {
    String token = UUID.randomUUID().toString();
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<Claim> claim = attempt(key, fingerprint, token);
      if (claim.isPresent()) {
        return claim.get();
      }
    }
    return new Claim.UnderWay();
  }

  /** Empty if the key was taken and then released. */
  private Optional<Claim> attempt(String key, String fingerprint, String token) {
    Instant now = clock.instant();
    try {
      state.put(taking(IdempotencyItem.of(state.owner(), key, fingerprint, token, now), now));
      return Optional.of(new Claim.Taken());
    } catch (AwsCallException e) {
      boolean refused = e.error() == AwsError.CONDITION;
      if (!refused && !e.mayHaveBeenCarriedOut()) {
        throw new StoreException(e.failure(), e);
      }
      Optional<Item> found = inForce(key);
      if (found.isEmpty() && !refused) {
        throw new StoreException(unclear(e), e);
      }
      return found.map(
          item -> state.readable(item, it -> IdempotencyItem.read(it, fingerprint, token)));
    }
  }

  @Override
  public void answer(String key, String fingerprint, Answer answer) {
    change(
        key,
        StateTable.SET_ANSWER,
        StateTable.SAME_REQUEST,
        Map.of(
            ":answer", IdempotencyItem.of(answer.kept()).asValue(),
            ":fingerprint", Item.ofText(fingerprint)));
  }

  /**
   * Onward deletes nothing and needs no permission to: the item expires. The claim is read first,
   * so that a repeated release does not release another request's claim.
   */
  @Override
  public void release(String key, String fingerprint) {
    inForce(key)
        .filter(item -> item.text(StateTable.FINGERPRINT).filter(fingerprint::equals).isPresent())
        .flatMap(item -> item.text(StateTable.CLAIM))
        .ifPresent(
            claim ->
                change(
                    key,
                    StateTable.EXPIRE,
                    StateTable.SAME_CLAIM_UNANSWERED,
                    Map.of(":past", Item.ofNumber(0), ":claim", Item.ofText(claim))));
  }

  private PutItemRequest taking(Item item, Instant now) {
    return PutItemRequest.builder()
        .tableName(state.table())
        .item(item.attributes())
        .conditionExpression(StateTable.FREE)
        .expressionAttributeValues(Map.of(":now", Item.ofNumber(now.getEpochSecond())))
        .build();
  }

  private void change(
      String key, String expression, String condition, Map<String, AttributeValue> values) {
    try {
      state.update(
          UpdateItemRequest.builder()
              .tableName(state.table())
              .key(StateTable.key(state.owner().requestsPartition(), key))
              .updateExpression(expression)
              .conditionExpression(condition)
              .expressionAttributeValues(values)
              .build());
    } catch (AwsCallException e) {
      // If the condition fails, the key belongs to another request by now and is left alone.
      if (e.error() != AwsError.CONDITION) {
        throw new StoreException(e.failure(), e);
      }
    }
  }

  private Optional<Item> inForce(String key) {
    return state
        .item(state.owner().requestsPartition(), key)
        .filter(item -> !IdempotencyItem.isExpired(item, clock.instant()));
  }

  private static Failure unclear(AwsCallException e) {
    return new Failure(
        e.failure().kind(),
        e.failure().message() + "; whether the idempotency key was claimed is not known yet");
  }
}
