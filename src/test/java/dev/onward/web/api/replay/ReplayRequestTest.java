package dev.onward.web.api.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.manifest.Manifests;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.manifest.document.ManifestProblem.Severity;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.plan.DesiredState;
import dev.onward.plan.replay.ReplayAssumptions;
import dev.onward.policy.ReleasePolicy;
import dev.onward.store.ReleaseStore;
import dev.onward.store.ReleaseStore.ReleasePage;
import dev.onward.web.http.FieldError;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayRequestTest {
  private static final Instant NOW = Instant.parse("2026-03-31T10:00:00.123Z");
  private static final ProjectId PROJECT = new ProjectId("storage");

  @Test
  void theLastThirtyDaysAreReplayedUnlessAskedOtherwise() {
    assertThat(request("", "", "", "false", "500"))
        .isEqualTo(
            new ReplayRequest(
                Instant.parse("2026-03-01T10:00:00Z"),
                Instant.parse("2026-03-31T10:00:00Z"),
                ReplayAssumptions.AUTOMATION_ALONE,
                500));
  }

  @Test
  void everythingCanBeChosen() {
    assertThat(request("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "1h30m", "true", "7"))
        .isEqualTo(
            new ReplayRequest(
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-02-01T00:00:00Z"),
                new ReplayAssumptions(Optional.of(Duration.ofMinutes(90)), true),
                7));
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday, '', '', false, 500, 'from'",
    "'', +1000000000-12-31T23:59:59Z, '', false, 500, 'to'",
    "2026-04-01T00:00:00Z, '', '', false, 500, 'from'",
    "2020-01-01T00:00:00Z, '', '', false, 500, 'from'",
    "'', '', soon, false, 500, 'approved_after'",
    "'', '', ' ', false, 500, 'approved_after'",
    "'', '', '\t', false, 500, 'approved_after'",
    "'', '', '\u0000', false, 500, 'approved_after'",
    "'', '', '\u00a0', false, 500, 'approved_after'",
    "' ', '', '', false, 500, 'from'",
    "'', '', '', ' ', 500, 'with_people'",
    "'', '', '', false, ' ', 'limit'",
    "'', '', 30, false, 500, 'approved_after'",
    "'', '', 367d, false, 500, 'approved_after'",
    "'', '', '', yes, 500, 'with_people'",
    "'', '', '', false, 0, 'limit'",
    "'', '', '', false, 2001, 'limit'",
    "'', '', '', false, all, 'limit'",
  })
  void whatCannotBeReplayedIsRefusedByName(
      String from, String to, String approvedAfter, String withPeople, String limit, String name) {
    assertThatThrownBy(() -> request(from, to, approvedAfter, withPeople, limit))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith(name);
  }

  @Test
  void everyErrorOfAManifestIsListed() {
    var read =
        new Manifests(
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeSet<>(),
            List.of(
                problem(Severity.ERROR, 3),
                problem(Severity.WARNING, 4),
                problem(Severity.ERROR, 5)));
    assertThat(ReplayManifest.of(PROJECT, read))
        .isInstanceOfSatisfying(
            ReplayManifest.Unusable.class,
            unusable -> {
              assertThat(unusable.problem("/api").status()).isEqualTo(422);
              assertThat(unusable.detail())
                  .startsWith("storage.environments, line 3: found x; allowed: y; storage");
              assertThat(unusable.errors())
                  .extracting(FieldError::field)
                  .containsExactly("storage.environments, line 3", "storage.environments, line 5");
            });
  }

  @Test
  void aManifestMustHoldTheProject() {
    assertThat(ReplayManifest.of(PROJECT, Manifests.NONE))
        .isEqualTo(
            new ReplayManifest.Unusable(
                "the manifest does not hold the project 'storage'", List.of()));
  }

  @Test
  void aManifestThatHoldsTheProjectIsTried() {
    var desired =
        new DesiredState(PROJECT, "Storage", Optional.empty(), ReleasePolicy.DEFAULT, List.of());
    var projects = new TreeMap<ProjectId, DesiredState>();
    projects.put(PROJECT, desired);
    var files = new TreeMap<ProjectId, String>();
    files.put(PROJECT, "body.yaml");
    assertThat(
            ReplayManifest.of(PROJECT, new Manifests(projects, files, new TreeSet<>(), List.of())))
        .isEqualTo(new ReplayManifest.Usable(desired));
  }

  @Test
  void theHistoryIsReadByPagesUpToTheLimit() {
    var all = ReplayHistoryReader.read(storeOf(250), 500, () -> {});
    assertThat(all.releases()).hasSize(250);
    assertThat(all.notes())
        .containsExactly("Items of the releases table that are no releases and were left out: 1.");
    var some = ReplayHistoryReader.read(storeOf(250), 130, () -> {});
    assertThat(some.releases()).hasSize(130);
    assertThat(some.notes().getFirst())
        .isEqualTo(
            "Only the newest 130 releases were read, back to 2026-03-31T09:57:51.123Z: what was"
                + " deployed before is known only as far as these go.");
  }

  private static ReplayRequest request(
      String from, String to, String approvedAfter, String withPeople, String limit) {
    return ReplayRequest.of(given(from), given(to), given(approvedAfter), withPeople, limit, NOW);
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(it -> !it.isEmpty());
  }

  private static ManifestProblem problem(Severity severity, int line) {
    return new ManifestProblem(
        severity,
        "body.yaml",
        "storage.environments",
        OptionalInt.of(line),
        Optional.of(PROJECT),
        "x",
        "y");
  }

  /** A store of which only pages of releases may be asked, the first with an odd item. */
  private static ReleaseStore storeOf(int count) {
    List<Release> releases =
        IntStream.range(0, count).mapToObj(ReplayRequestTest::release).toList();
    return (ReleaseStore)
        Proxy.newProxyInstance(
            ReleaseStore.class.getClassLoader(),
            new Class<?>[] {ReleaseStore.class},
            (proxy, method, arguments) -> {
              int first =
                  ((Optional<?>) arguments[1]).map(c -> Integer.parseInt((String) c)).orElse(0);
              int end = Math.min(count, first + (int) arguments[0]);
              return new ReleasePage(
                  releases.subList(first, end),
                  end < count ? Optional.of(Integer.toString(end)) : Optional.empty(),
                  first == 0 ? List.of("odd") : List.of());
            });
  }

  private static Release release(int age) {
    return new Release(
        new ReleaseId("r" + age),
        PROJECT,
        "Storage",
        NOW.minusSeconds(age),
        Optional.empty(),
        "",
        Requester.ONWARD,
        ImageSet.EMPTY,
        ReleaseManifest.NONE,
        List.of());
  }
}
