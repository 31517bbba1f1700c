package dev.onward.aws.dynamodb.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.aws.client.AwsCallException;
import dev.onward.aws.client.AwsError;
import dev.onward.aws.dynamodb.Item;
import dev.onward.store.Failure;
import dev.onward.store.RequestContext;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Executes a conditional transaction, or a change of a single item, and determines its outcome.
 *
 * <p>Whenever the response leaves it open (a failed condition, which an own earlier attempt may
 * have caused; a time-out; a lost connection), the intended state is compared with the stored one,
 * by a fresh consistent read.
 */
public final class Transactions {
  private final StatePartition state;
  private final InstantSource clock;

  public Transactions(StatePartition state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * Writes all or nothing.
   *
   * @param decision the decision behind it; the same decision at the same time is the same
   *     transaction for DynamoDB, so that a retry is harmless
   * @param writes the conditional writes
   * @param events the audit events to append, in this order
   * @param contradiction reads the stored state and explains why this was not written; empty if it
   *     was
   */
  public WriteOutcome write(
      Object decision,
      List<TransactWriteItem> writes,
      List<AuditEntry> events,
      Supplier<Optional<String>> contradiction) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    String token = token(decision, events, now);
    var all = new ArrayList<>(writes);
    for (int i = 0; i < events.size(); i++) {
      // Each with a time of its own, since the trail is in their order.
      Instant at = now.plus(i, ChronoUnit.MICROS);
      all.add(put(events.get(i).at(state.owner(), at, token)));
    }
    try {
      state.transact(all, token);
      return new WriteOutcome.Applied();
    } catch (StoreException e) {
      return new WriteOutcome.Failed(e.failure());
    } catch (AwsCallException e) {
      return outcome(e, contradiction);
    }
  }

  /**
   * Changes a single item, for half the cost of a transaction. It has no token: a retry must be
   * harmless.
   */
  WriteOutcome change(Update update, Supplier<Optional<String>> contradiction) {
    try {
      state.update(request(update));
      return new WriteOutcome.Applied();
    } catch (StoreException e) {
      return new WriteOutcome.Failed(e.failure());
    } catch (AwsCallException e) {
      return outcome(e, contradiction);
    }
  }

  /** Like the other overload, for callers that need the outcome only if it failed. */
  void change(Update update) {
    try {
      state.update(request(update));
    } catch (AwsCallException e) {
      throw new StoreException(e.failure(), e);
    }
  }

  private static UpdateItemRequest request(Update update) {
    return UpdateItemRequest.builder()
        .tableName(update.tableName())
        .key(update.key())
        .updateExpression(update.updateExpression())
        .conditionExpression(update.conditionExpression())
        .expressionAttributeValues(update.expressionAttributeValues())
        .build();
  }

  private static WriteOutcome outcome(
      AwsCallException e, Supplier<Optional<String>> contradiction) {
    if (e.error() == AwsError.CONDITION) {
      return compared(contradiction, WriteOutcome.Conflict::new);
    }
    if (e.mayHaveBeenCarriedOut()) {
      return compared(contradiction, reason -> new WriteOutcome.Unknown(unclear(e, reason)));
    }
    return new WriteOutcome.Failed(e.failure());
  }

  private static WriteOutcome compared(
      Supplier<Optional<String>> contradiction, Function<String, WriteOutcome> otherwise) {
    try {
      return contradiction.get().map(otherwise).orElseGet(WriteOutcome.AlreadyApplied::new);
    } catch (StoreException e) {
      return new WriteOutcome.Unknown(e.failure());
    }
  }

  /** The write may still arrive, so even a contradicting state proves nothing. */
  private static Failure unclear(AwsCallException e, String reason) {
    return new Failure(
        e.failure().kind(),
        "%s; whether it was applied is not known yet: %s".formatted(e.failure().message(), reason));
  }

  private TransactWriteItem put(Item item) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName(state.table()).item(item.attributes()).build())
        .build();
  }

  /**
   * Includes the owner, as two projects may take the same decision at the same time, and the
   * request, as the event names it and DynamoDB rejects a token that is reused with a different
   * content.
   */
  private String token(Object decision, List<AuditEntry> events, Instant now) {
    String request = RequestContext.id().orElse("");
    String name =
        String.join(
            "\n",
            now.toString(),
            state.owner().partition(),
            request,
            events.toString(),
            decision.toString());
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }
}
