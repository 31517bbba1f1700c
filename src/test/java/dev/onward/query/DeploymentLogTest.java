package dev.onward.query;

import static dev.onward.query.Recorded.PROD;
import static dev.onward.query.Recorded.STAGE;
import static dev.onward.query.Recorded.deployed;
import static dev.onward.query.Recorded.hour;
import static dev.onward.query.Recorded.release;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.Release;
import dev.onward.query.DeploymentLog.Entry;
import dev.onward.query.DeploymentLog.Page;
import dev.onward.reconcile.MemoryReleaseStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentLogTest {
  private static final int HISTORIES = 12;

  private final MemoryReleaseStore store = new MemoryReleaseStore();

  @Test
  void aReleaseThatWasDeployedAgainDoesNotPutItsOldDeploymentsBeforeNewerOnes() {
    store.add(release(1, deployed(STAGE, hour(1)), deployed(STAGE, hour(90))));
    store.add(release(2, deployed(STAGE, hour(2)), deployed(PROD, hour(50))));
    assertThat(moments(page(10, Optional.empty()).entries()))
        .containsExactly(hour(90), hour(50), hour(2), hour(1));
  }

  @Test
  void onlyTheEnvironmentThatIsAskedForIsListed() {
    store.add(release(1, deployed(STAGE, hour(1)), deployed(PROD, hour(2))));
    var page = DeploymentLog.page(store, Optional.of(PROD), 10, Optional.empty());
    assertThat(moments(page.entries())).containsExactly(hour(2));
    assertThat(page.cursor()).isEmpty();
  }

  @Test
  void randomHistoriesAreListedWholeAndInOrderWhateverThePages() {
    Optional<Long> replay = Optional.ofNullable(Long.getLong("test.seed"));
    long first = replay.orElseGet(System::nanoTime);
    for (long seed = first; seed < first + (replay.isPresent() ? 1 : HISTORIES); seed++) {
      try {
        listsAll(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("replay with -Dtest.seed=" + seed, e);
      }
    }
  }

  private static void listsAll(Random random) {
    var history = new MemoryReleaseStore();
    List<Release> releases = releases(random);
    releases.forEach(history::add);
    Optional<EnvironmentId> asked =
        random.nextBoolean() ? Optional.empty() : Optional.of(random.nextBoolean() ? STAGE : PROD);
    assertThat(moments(all(history, asked, 1 + random.nextInt(100))))
        .containsExactlyElementsOf(expected(releases, asked));
  }

  /** Some deployed once, some years later again, many at the same moment. */
  private static List<Release> releases(Random random) {
    var releases = new ArrayList<Release>();
    int count = random.nextInt(random.nextInt(5) == 0 ? 1500 : 200);
    int span = 1 + random.nextInt(3000);
    for (int i = 0; i < count; i++) {
      var deployments = new ArrayList<Deployment>();
      for (int j = random.nextInt(random.nextInt(10) == 0 ? 12 : 3); j > 0; j--) {
        deployments.add(deployed(random.nextBoolean() ? STAGE : PROD, hour(random.nextInt(span))));
      }
      deployments.sort(Comparator.comparing(Deployment::createdAt));
      releases.add(release(i, deployments.toArray(Deployment[]::new)));
    }
    return releases;
  }

  private static List<Instant> expected(List<Release> releases, Optional<EnvironmentId> asked) {
    return releases.stream()
        .flatMap(it -> it.deployments().stream())
        .filter(it -> asked.filter(id -> !id.equals(it.environment())).isEmpty())
        .map(Deployment::createdAt)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static List<Entry> all(
      MemoryReleaseStore store, Optional<EnvironmentId> environment, int limit) {
    var all = new ArrayList<Entry>();
    Optional<String> cursor = Optional.empty();
    do {
      Page page = DeploymentLog.page(store, environment, limit, cursor);
      all.addAll(page.entries());
      assertThat(page.entries().size()).isLessThanOrEqualTo(limit);
      assertThat(page.cursor()).isNotEqualTo(cursor.or(() -> Optional.of("")));
      cursor = page.cursor();
    } while (cursor.isPresent());
    assertThat(all.stream().map(it -> it.release().id() + " " + it.index()))
        .doesNotHaveDuplicates();
    return all;
  }

  @Test
  void anEnvironmentThatWasSeldomDeployedToTakesSeveralRequests() {
    store.add(release(1, deployed(PROD, hour(1))));
    for (int i = 2; i < 1500; i++) {
      store.add(release(i, deployed(STAGE, hour(i))));
    }
    var first = DeploymentLog.page(store, Optional.of(PROD), 10, Optional.empty());
    assertThat(first.entries()).isEmpty();
    assertThat(first.cursor()).isPresent();
    assertThat(moments(all(store, Optional.of(PROD), 10))).containsExactly(hour(1));
  }

  @Test
  void whatAllWaitsIsListedAllTheSame() {
    for (int i = 0; i < 700; i++) {
      store.add(release(i, deployed(PROD, hour(i)), deployed(STAGE, hour(10_000 + i))));
    }
    assertThat(all(store, Optional.of(PROD), 50)).hasSize(700);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "search\n\n",
        "deployments",
        "deployments\n+1000000000-12-31T23:59:59.999999999Z\n\n\n",
        "deployments\n\n2026-03-02T10:00:00Z\nr1\nmany"
      })
  void aCursorThatNoPageHadIsRefused(String plain) {
    String cursor = Base64.getUrlEncoder().encodeToString(plain.getBytes(UTF_8));
    assertThatThrownBy(() -> page(1, Optional.of(cursor)))
        .isInstanceOf(InvalidValueException.class);
  }

  private Page page(int limit, Optional<String> cursor) {
    return DeploymentLog.page(store, Optional.empty(), limit, cursor);
  }

  private static List<Instant> moments(List<Entry> entries) {
    return entries.stream().map(it -> it.deployment().createdAt()).toList();
  }
}
