package dev.onward.aws;

import static dev.onward.aws.Samples.ALICE;
import static dev.onward.aws.Samples.BOB;
import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.STORAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.AuditEvent;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.store.AuditTrail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every audit trail must do, whatever it is kept in. */
public abstract class AuditTrailContract {
  static final ProjectId CATALOGUE = new ProjectId("catalogue");

  /** A trail on the same data at each call within a test; the data is empty at its start. */
  public abstract AuditTrail trail(ProjectId project);

  public AuditTrail trail() {
    return trail(STORAGE);
  }

  @Test
  void nothingHasHappenedAtFirst() {
    assertThat(trail().page(10, Optional.empty()))
        .isEqualTo(new AuditTrail.Page(List.of(), Optional.empty()));
  }

  @Test
  void whatIsNotedIsReadAtOnceWithAllThatItSays() {
    var whole =
        new AuditEvent(
            NOON.plusNanos(1_000),
            "refused",
            BOB,
            "prod",
            Optional.of("release 1"),
            Optional.of("release 2"),
            "✓ \"why\"\n",
            "request-1");
    trail().note(whole);

    assertThat(trail().page(10, Optional.empty()).events()).containsExactly(whole);
  }

  @Test
  void whatHadNothingBeforeOrAfterSaysSo() {
    AuditEvent event = event(NOON, "published", ALICE);
    trail().note(event);

    assertThat(trail().page(1, Optional.empty()).events()).containsExactly(event);
  }

  @Test
  void ofEventsAtTheSameMomentNoneIsWrittenOver() {
    AuditEvent event = event(NOON, "refused", ALICE);
    trail().note(event);
    trail().note(event);
    trail().note(event(NOON, "refused", BOB));

    assertThat(trail().page(10, Optional.empty()).events()).hasSize(3);
  }

  @Test
  void pagesFollowEachOtherNewestFirstWithoutGapOrRepetition() {
    List<AuditEvent> events =
        IntStream.range(0, 10)
            .mapToObj(i -> event(NOON.plusSeconds(i / 2), "event " + i, ALICE))
            .toList();
    events.forEach(trail()::note);

    for (int limit : new int[] {1, 3, 5, 9, 10, 11, AuditTrail.LARGEST_PAGE}) {
      List<List<AuditEvent>> pages = pages(limit);
      List<AuditEvent> read = pages.stream().flatMap(List::stream).toList();
      assertThat(read).as("limit %d", limit).containsExactlyInAnyOrderElementsOf(events);
      assertThat(read).extracting(AuditEvent::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
      assertThat(pages).as("limit %d", limit).hasSize((10 + limit - 1) / limit);
    }
  }

  @Test
  void whatHappensWhileSomebodyTurnsPagesShiftsNone() {
    IntStream.range(0, 4).forEach(i -> trail().note(event(NOON.plusSeconds(i), "old " + i, BOB)));
    AuditTrail.Page first = trail().page(2, Optional.empty());
    trail().note(event(NOON.plusSeconds(60), "new", ALICE));

    assertThat(trail().page(2, first.cursor()).events())
        .extracting(AuditEvent::event)
        .containsExactly("old 1", "old 0");
  }

  @Test
  void aCursorOfAnotherProjectIsNoWayIn() {
    IntStream.range(0, 4)
        .forEach(i -> trail(CATALOGUE).note(event(NOON.plusSeconds(i), "theirs", BOB)));
    trail().note(event(NOON, "ours", ALICE));
    Optional<String> theirs = trail(CATALOGUE).page(1, Optional.empty()).cursor();

    assertThat(theirs).isPresent();
    assertThat(trail().page(10, theirs).events())
        .extracting(AuditEvent::event)
        .containsExactly("ours");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "%%%", "bm90IGEgY3Vyc29y", "YXVkaXQjeCN5", "2026-03-01"})
  void whatNeverWasACursorIsRefused(String cursor) {
    assertThatThrownBy(() -> trail().page(10, Optional.of(cursor)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("cursor");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, AuditTrail.LARGEST_PAGE + 1})
  void aPageHasOneToAHundredEvents(int limit) {
    assertThatThrownBy(() -> trail().page(limit, Optional.empty()))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("1 to 100");
  }

  public static AuditEvent event(Instant at, String event, Requester who) {
    return new AuditEvent(
        at, event, who, "stage", Optional.empty(), Optional.empty(), "because", "request");
  }

  private List<List<AuditEvent>> pages(int limit) {
    var pages = new ArrayList<List<AuditEvent>>();
    Optional<String> cursor = Optional.empty();
    do {
      AuditTrail.Page page = trail().page(limit, cursor);
      pages.add(page.events());
      cursor = page.cursor();
    } while (cursor.isPresent());
    return pages;
  }
}
