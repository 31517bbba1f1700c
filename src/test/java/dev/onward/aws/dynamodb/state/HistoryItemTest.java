package dev.onward.aws.dynamodb.state;

import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.ItemSize;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ReleaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class HistoryItemTest {
  private static final int READ_UNIT = 4 * 1024;

  @ParameterizedTest
  @EnumSource(DeploymentOrigin.class)
  void anEntryIsReadAsItWasWritten(DeploymentOrigin origin) {
    var entry =
        new DeployedRelease(
            id("1"),
            NOON.plusNanos(123_456_000),
            Optional.of(id("deployment").value()),
            NOON.plusSeconds(1),
            origin,
            Optional.of(NOON.plusSeconds(2)));

    assertThat(writtenAndRead(entry)).isEqualTo(entry);
  }

  @Test
  void whatIsAbsentStaysAbsent() {
    var entry =
        new DeployedRelease(id("1"), NOON, Optional.empty(), NOON, DeploymentOrigin.ADOPTED);

    assertThat(HistoryItem.of(entry).attributes()).containsOnlyKeys("r", "c", "t", "o");
    assertThat(writtenAndRead(entry)).isEqualTo(entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0efcc940-e709-4a51-b264-809a670629b6",
        "0EFCC940-E709-4A51-B264-809A670629B6",
        "1-2-3-4-5",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "release-2026-03-01",
        "✓"
      })
  void everyIdComesBackAsItIsSpelt(String id) {
    var entry =
        new DeployedRelease(
            new ReleaseId(id),
            Instant.EPOCH.minusSeconds(1),
            Optional.of(id),
            NOON,
            DeploymentOrigin.PERSON);

    assertThat(writtenAndRead(entry)).isEqualTo(entry);
  }

  @Test
  void anAttributeThatMakesNoSenseIsRefused() {
    Item entry = HistoryItem.of(entry(0));

    for (String name : entry.attributes().keySet()) {
      assertThatThrownBy(() -> HistoryItem.read(with(entry, name, AttributeValue.fromBool(true))))
          .as(name)
          .isInstanceOf(InvalidValueException.class)
          .hasMessageContaining("'%s'".formatted(name));
    }
    var short5 = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[5]));
    assertThatThrownBy(() -> HistoryItem.read(with(entry, "r", short5)))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> HistoryItem.read(with(entry, "o", Item.ofText("x"))))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aFullHistoryWithItsHeadTakesLessThan2500Bytes() {
    assertThat(ItemSize.of(full("environment-1"))).isLessThan(2_500);
  }

  @Test
  void threeEnvironmentsOf30EntriesAreReadWithTwoReadUnits() {
    int size =
        Stream.of("development", "stage", "production").mapToInt(e -> ItemSize.of(full(e))).sum();

    assertThat(size).isLessThan(7_500);
    assertThat(size).isLessThan(2 * READ_UNIT);
  }

  /** The item as it stands in the table, with everything that can stand in it. */
  private static Item full(String environment) {
    List<DeployedRelease> history =
        IntStream.range(0, EnvironmentHead.HISTORY_LIMIT).mapToObj(HistoryItemTest::entry).toList();
    var head =
        new EnvironmentHead(
            new EnvironmentId(environment),
            100,
            true,
            history,
            Optional.of(NOON),
            Optional.of(NOON));
    return Item.builder()
        .text(StateTable.PK, "project#storage")
        .text(StateTable.SK, StateTable.sortKey(head.environment()))
        .text(StateTable.ENVIRONMENT_ID, environment)
        .number(StateTable.VERSION, head.version())
        .flag(StateTable.CONVERGED, head.converged())
        .value(StateTable.HISTORY, HeadItem.history(head))
        .text(StateTable.AUTOMATION_AFTER, DynamoDates.format(NOON))
        .text(StateTable.ADOPTED_UP_TO, DynamoDates.format(NOON))
        .build();
  }

  private static DeployedRelease entry(int number) {
    Instant at = NOON.plusSeconds(number).plusNanos(123_456_000);
    return new DeployedRelease(
        id("release" + number),
        at,
        Optional.of(id("deployment" + number).value()),
        at.plusSeconds(60),
        DeploymentOrigin.AUTOMATION,
        Optional.of(at.plusSeconds(90)));
  }

  private static DeployedRelease writtenAndRead(DeployedRelease entry) {
    return HistoryItem.read(HistoryItem.of(entry).asValue());
  }

  private static AttributeValue with(Item entry, String name, AttributeValue value) {
    var changed = new TreeMap<>(entry.attributes());
    changed.put(name, value);
    return AttributeValue.fromM(changed);
  }
}
