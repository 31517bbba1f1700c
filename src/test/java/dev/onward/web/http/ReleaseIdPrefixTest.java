package dev.onward.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.RoleArn;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.policy.ReleasePolicy;
import dev.onward.reconcile.MemoryReleaseStore;
import dev.onward.status.ProjectStatus;
import dev.onward.store.GlobalStore;
import dev.onward.store.ProjectStores;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReleaseIdPrefixTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final ProjectId STORAGE = new ProjectId("storage");

  private final MemoryReleaseStore table = new MemoryReleaseStore();
  private final ReleaseIdPrefix known = new ReleaseIdPrefix(new OneTable());
  private final ProjectStatus status =
      knowing("33378e23-aaaa", "33378e23-bbbb", "44444444-cccc", "44444444", "short-1");

  @Test
  void theFirstEightCharactersAreEnoughWhereTheyTellReleasesApart() {
    assertThat(named("33378e23-a")).isEqualTo("33378e23-aaaa");
  }

  @Test
  void aWholeIdIsItselfEvenIfAnotherBeginsSo() {
    assertThat(named("44444444")).isEqualTo("44444444");
    assertThat(named("44444444-cccc")).isEqualTo("44444444-cccc");
  }

  @Test
  void aBeginningOfSeveralIsRefusedAndNamesThem() {
    assertThatExceptionOfType(CommandRejectedException.class)
        .isThrownBy(() -> named("33378e23"))
        .withMessageContainingAll("33378e23-aaaa", "33378e23-bbbb")
        .matches(refused -> refused.status() == 409);
  }

  @Test
  void lessThanEightCharactersAreNoBeginning() {
    assertThat(named("short-")).isEqualTo("short-");
    assertThat(named("short-1")).isEqualTo("short-1");
  }

  @Test
  void whatNoCycleKnowsIsLookedForInTheTable() {
    table.add(release("66666666-aaaa"));
    assertThat(named("66666666")).isEqualTo("66666666-aaaa");
  }

  @Test
  void aBeginningOfOneThatACycleKnowsAndOfOneThatOnlyTheTableHasIsRefused() {
    table.add(release("33378e23-aaab"));
    assertThatExceptionOfType(CommandRejectedException.class)
        .isThrownBy(() -> named("33378e23-aaa"))
        .withMessageContainingAll("33378e23-aaaa", "33378e23-aaab");
  }

  @Test
  void whatNobodyKnowsIsTakenAsItIs() {
    assertThat(named("55555555")).isEqualTo("55555555");
  }

  private String named(String text) {
    return known.named(new ReleaseId(text), status).value();
  }

  private static ProjectStatus knowing(String... ids) {
    var releases = new HashMap<ReleaseId, Release>();
    for (String id : ids) {
      releases.put(new ReleaseId(id), release(id));
    }
    var observed =
        new ObservedState(
            new TreeMap<>(),
            new TreeMap<>(),
            releases,
            new TreeMap<>(),
            List.of(),
            InterventionState.NONE,
            InterventionState.NONE,
            Map.of());
    var plan = new Plan(List.of(), new TreeMap<>(), new TreeMap<>(), Set.of());
    return new ProjectStatus(
        new DesiredState(STORAGE, "Storage", Optional.empty(), ReleasePolicy.DEFAULT, List.of()),
        Optional.empty(),
        Optional.of(new ProjectStatus.Seen(NOW, observed, plan)),
        Optional.empty(),
        Optional.empty());
  }

  private static Release release(String id) {
    return new Release(
        new ReleaseId(id),
        STORAGE,
        "Storage",
        NOW,
        Optional.empty(),
        "",
        Requester.ONWARD,
        ImageSet.EMPTY,
        ReleaseManifest.NONE,
        List.of());
  }

  private final class OneTable implements ProjectStores.Provider {
    @Override
    public ProjectStores open(ProjectId project, Optional<RoleArn> role) {
      return new ProjectStores(null, table, null, null, null);
    }

    @Override
    public GlobalStore daemon() {
      throw new UnsupportedOperationException("daemon");
    }
  }
}
