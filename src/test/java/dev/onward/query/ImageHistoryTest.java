package dev.onward.query;

import static dev.onward.query.Recorded.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.query.ImageHistory.Entry;
import dev.onward.store.ParameterListing;
import dev.onward.store.ParameterStore;
import dev.onward.store.ParameterVersion;
import dev.onward.testing.StoppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ImageHistoryTest {
  private static final ServiceId BAGS = new ServiceId("bags");
  private static final ServiceId METS = new ServiceId("mets");
  private static final Map<ServiceId, List<ParameterVersion>> HISTORY =
      Map.of(
          BAGS, List.of(version(1, 1), version(2, 5), version(3, 5)),
          METS, List.of(version(1, 1), version(2, 5)));

  @Test
  void theServicesAreMergedNewestFirst() {
    assertThat(words(page(10, Optional.empty())))
        .containsExactly("bags 3", "bags 2", "mets 2", "bags 1", "mets 1");
    assertThat(page(10, Optional.empty()).cursor()).isEmpty();
  }

  @Test
  void pagesMissNothingAndRepeatNothing() {
    var all = new ArrayList<String>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = page(1, cursor);
      all.addAll(words(page));
      cursor = page.cursor();
    } while (cursor.isPresent());
    assertThat(all).containsExactly("bags 3", "bags 2", "mets 2", "bags 1", "mets 1");
  }

  @Test
  void aCursorThatNoPageHadIsRefused() {
    assertThatThrownBy(() -> page(1, Optional.of("bm9uZQ")))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aHistoryIsReadOnceWhileItsParameterStays() {
    var asked = new ArrayList<ParameterName>();
    var store = new Counting(asked);
    var histories = new ParameterHistoryCache();
    var name = new ParameterName(new ProjectId("storage"), new Label("latest"), BAGS);
    for (int i = 0; i < 3; i++) {
      assertThat(histories.of(new ParameterHistoryCache.Key(name, 3, hour(5)), store)).hasSize(3);
    }
    assertThat(asked).hasSize(1);
    histories.of(new ParameterHistoryCache.Key(name, 4, hour(6)), store);
    assertThat(asked).hasSize(2);
  }

  @Test
  void whoeverReadsMoreThanTheirShareIsToldToComeBack() {
    var asked = new ArrayList<ParameterName>();
    var time = new StoppedTime();
    var histories = new ParameterHistoryCache(time);
    for (int version = 1; version <= ParameterHistoryCache.BURST; version++) {
      histories.of(key(version), new Counting(asked));
    }
    assertThatThrownBy(() -> histories.of(key(101), new Counting(asked)))
        .isInstanceOf(TooManyRequestsException.class)
        .hasMessageContaining("retry in 10 seconds");
    assertThat(histories.of(key(100), new Counting(asked))).as("known already").hasSize(3);
    assertThat(asked).hasSize(ParameterHistoryCache.BURST);
    time.pass(Duration.ofSeconds(1));
    assertThat(histories.of(key(101), new Counting(asked))).hasSize(3);
  }

  private static ParameterHistoryCache.Key key(long version) {
    var name = new ParameterName(new ProjectId("storage"), new Label("latest"), BAGS);
    return new ParameterHistoryCache.Key(name, version, hour(5));
  }

  /** Says which histories it was asked for. */
  private record Counting(List<ParameterName> asked) implements ParameterStore {
    @Override
    public List<ParameterVersion> history(ParameterName name) {
      asked.add(name);
      return HISTORY.get(name.service());
    }

    @Override
    public ParameterListing list(ProjectId project) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long put(ParameterName name, ImageRef image, String description) {
      throw new UnsupportedOperationException();
    }
  }

  private static ImageHistory.Page page(int limit, Optional<String> cursor) {
    Function<ServiceId, List<ParameterVersion>> history = HISTORY::get;
    return ImageHistory.page(HISTORY.keySet(), history, limit, cursor);
  }

  private static List<String> words(ImageHistory.Page page) {
    return page.entries().stream().map(ImageHistoryTest::words).toList();
  }

  private static String words(Entry entry) {
    return entry.service() + " " + entry.version().version();
  }

  private static ParameterVersion version(long number, int hour) {
    return new ParameterVersion(number, "", hour(hour), Optional.empty(), Optional.empty());
  }
}
