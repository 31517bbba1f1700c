package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.IdempotencyStore.Answer;
import dev.onward.store.IdempotencyStore.Claim;
import java.time.Instant;
import java.util.Optional;

/** An idempotency key as an item of the state table. */
public final class IdempotencyItem {
  private IdempotencyItem() {}

  /**
   * @param claim a token by which the request that claims the key recognises its own item
   */
  static Item of(StateOwner owner, String key, String fingerprint, String claim, Instant now) {
    return Item.builder()
        .text(StateTable.PK, owner.requestsPartition())
        .text(StateTable.SK, key)
        .text(StateTable.FINGERPRINT, fingerprint)
        .text(StateTable.CLAIM, claim)
        .text(StateTable.AT, DynamoDates.format(now))
        .number(StateTable.EXPIRES_AT, now.plus(IdempotencyStore.REMEMBERED).getEpochSecond())
        .build();
  }

  static Item of(Answer answer) {
    return Item.builder()
        .number(StateTable.ANSWER_STATUS, answer.status())
        .text(StateTable.ANSWER_BODY, answer.body())
        .build();
  }

  /** DynamoDB removes expired items days later, and only if TTL is enabled. */
  static boolean isExpired(Item item, Instant now) {
    return item.number(StateTable.EXPIRES_AT)
        .filter(end -> end <= now.getEpochSecond())
        .isPresent();
  }

  /**
   * The claim that an item represents for a request with its key. Throws {@link
   * dev.onward.model.InvalidValueException} if the stored answer is invalid.
   */
  public static Claim read(Item item, String fingerprint, String claim) {
    if (item.text(StateTable.CLAIM).filter(claim::equals).isPresent()) {
      return new Claim.Taken();
    }
    if (item.text(StateTable.FINGERPRINT).filter(fingerprint::equals).isEmpty()) {
      return new Claim.OtherRequest();
    }
    return item.map(StateTable.ANSWER)
        .flatMap(IdempotencyItem::answer)
        .<Claim>map(Claim.Answered::new)
        .orElseGet(Claim.UnderWay::new);
  }

  private static Optional<Answer> answer(Item item) {
    if (item.value(StateTable.ANSWER_STATUS).isEmpty()) {
      return Optional.empty();
    }
    int status = (int) item.number(StateTable.ANSWER_STATUS, 100, 599);
    return item.text(StateTable.ANSWER_BODY).map(body -> new Answer(status, body));
  }
}
