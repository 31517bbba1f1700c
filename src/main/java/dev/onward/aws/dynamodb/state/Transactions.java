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
 * Carries out a conditional transaction, or a change of a single item, and finds out what became of
 * it.
 *
 * <p>Whenever the answer leaves that open (a condition failed, which one's own earlier attempt may
 * have caused; a time-out; a lost connection) what was meant is compared with what is there, by a
 * fresh consistent read.
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
   * @param decision what this is done for; the same decision at the same moment is the same
   *     transaction to DynamoDB, so that sending it again is harmless
   * @param writes the conditional writes
   * @param events what to add to the audit trail, in this order
   * @param contradiction reads what is there now and says what speaks against this having been
   *     written; empty if nothing does
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
      // Each at a moment of its own, for the trail is in their order.
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
   * Changes one item and nothing else, for half of what a transaction costs. It has no token: to
   * send it again must be harmless.
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

  /** In the manner of the other, for who needs not know what became of it unless it failed. */
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

  /** It may still be on its way, so even what contradicts it now proves nothing. */
  private static Failure unclear(AwsCallException e, String reason) {
    return new Failure(
        e.failure().kind(),
        "%s; whether it was carried out is not known yet: %s"
            .formatted(e.failure().message(), reason));
  }

  private TransactWriteItem put(Item item) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName(state.table()).item(item.attributes()).build())
        .build();
  }

  /**
   * Of its owner too: the same may be said of two projects at the same moment. And of the request,
   * for the event names it, and DynamoDB refuses a token that comes with something else.
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
