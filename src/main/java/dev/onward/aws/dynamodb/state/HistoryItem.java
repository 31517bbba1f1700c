package dev.onward.aws.dynamodb.state;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.onward.aws.client.DateRange;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.InvalidValueException;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.ReleaseId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One entry of an environment's history, as compact as possible while still legible in a console:
 * all histories of a project are read every cycle. Names have one letter, dates are microseconds of
 * Unix time, and an id that is a UUID is stored as its 16 bytes.
 */
final class HistoryItem {
  private static final int UUID_BYTES = 16;
  private static final String AN_ID = "a text or the 16 bytes of a UUID";
  private static final String A_DATE = "microseconds of Unix time";

  private HistoryItem() {}

  static Item of(DeployedRelease deployed) {
    var item =
        Item.builder()
            .value(StateTable.ENTRY_RELEASE, id(deployed.release().value()))
            .value(StateTable.ENTRY_RELEASE_CREATED, date(deployed.releaseCreatedAt()))
            .value(StateTable.ENTRY_DEPLOYED, date(deployed.deployedAt()))
            .text(StateTable.ENTRY_ORIGIN, letter(deployed.origin()));
    deployed.deploymentId().ifPresent(id -> item.value(StateTable.ENTRY_DEPLOYMENT, id(id)));
    deployed.convergedSince().ifPresent(at -> item.value(StateTable.ENTRY_STEADY, date(at)));
    return item.build();
  }

  /** Throws {@link InvalidValueException} if an attribute is missing or invalid. */
  static DeployedRelease read(AttributeValue value) {
    Item item =
        Item.map(value)
            .orElseThrow(
                () ->
                    Item.builder()
                        .value(StateTable.HISTORY, value)
                        .build()
                        .invalid(StateTable.HISTORY, "a list of maps"));
    return new DeployedRelease(
        new ReleaseId(
            readId(item, StateTable.ENTRY_RELEASE)
                .orElseThrow(() -> item.invalid(StateTable.ENTRY_RELEASE, AN_ID))),
        requiredDate(item, StateTable.ENTRY_RELEASE_CREATED),
        readId(item, StateTable.ENTRY_DEPLOYMENT),
        requiredDate(item, StateTable.ENTRY_DEPLOYED),
        readOrigin(item),
        readDate(item, StateTable.ENTRY_STEADY));
  }

  /** Ids in other forms, and UUIDs in a non-canonical spelling, are stored as text. */
  static AttributeValue id(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        ByteBuffer bytes = ByteBuffer.allocate(UUID_BYTES);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return AttributeValue.fromB(SdkBytes.fromByteArray(bytes.array()));
      }
    } catch (IllegalArgumentException e) {
      // Not a UUID: see below.
    }
    return Item.ofText(text);
  }

  private static Optional<String> readId(Item item, String name) {
    return item.value(name).map(value -> readId(item, name, value));
  }

  private static String readId(Item item, String name, AttributeValue value) {
    if (value.s() != null) {
      return value.s();
    }
    if (value.b() == null || value.b().asByteArrayUnsafe().length != UUID_BYTES) {
      throw item.invalid(name, AN_ID);
    }
    ByteBuffer bytes = value.b().asByteBuffer();
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  private static AttributeValue date(Instant instant) {
    return Item.ofNumber(MICROS.between(Instant.EPOCH, instant));
  }

  private static Optional<Instant> readDate(Item item, String name) {
    if (item.value(name).isEmpty()) {
      return Optional.empty();
    }
    long micros = item.number(name).orElseThrow(() -> item.invalid(name, A_DATE));
    Instant date = Instant.EPOCH.plus(micros, MICROS);
    if (!DateRange.contains(date)) {
      throw item.invalid(name, A_DATE + " up to the year 9999");
    }
    return Optional.of(date);
  }

  private static String letter(DeploymentOrigin origin) {
    return switch (origin) {
      case AUTOMATION -> "a";
      case PERSON -> "p";
      case ADOPTED -> "o";
      case FIRST_SIGHT -> "f";
    };
  }

  private static DeploymentOrigin readOrigin(Item item) {
    String letter = item.text(StateTable.ENTRY_ORIGIN).orElse("");
    for (DeploymentOrigin origin : DeploymentOrigin.values()) {
      if (letter(origin).equals(letter)) {
        return origin;
      }
    }
    throw item.invalid(StateTable.ENTRY_ORIGIN, "a, p, o or f");
  }

  private static Instant requiredDate(Item item, String name) {
    return readDate(item, name).orElseThrow(() -> item.invalid(name, A_DATE));
  }
}
