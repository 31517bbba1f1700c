package dev.onward.web.board.view;

import static dev.onward.status.StatusFixture.LATEST;
import static dev.onward.status.StatusFixture.PROD;
import static dev.onward.status.StatusFixture.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.onward.manifest.Manifests;
import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.status.ProjectStatus;
import dev.onward.status.StatusFixture;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverviewPageTest {
  private static final EnvironmentId CANARY = new EnvironmentId("canary");

  private final StatusFixture calm =
      new StatusFixture("calm")
          .environment(STAGE, LATEST, PromotionMode.AUTO, DriftPolicy.REPORT)
          .publish("bags", "1");
  private final StatusFixture waiting =
      new StatusFixture("waiting")
          .environment(STAGE, LATEST, PromotionMode.AUTO, DriftPolicy.REPORT)
          .environment(CANARY, STAGE, PromotionMode.AUTO, DriftPolicy.REPORT)
          .environment(PROD, CANARY, PromotionMode.MANUAL, DriftPolicy.REPORT)
          .publish("bags", "1");
  private final StatusFixture refused =
      new StatusFixture("refused")
          .environment(STAGE, LATEST, PromotionMode.AUTO, DriftPolicy.REPORT)
          .put(LATEST, "bags", new Value.NotAnImage("oops"));

  private final List<ProjectStatus> all =
      List.of(calm.status(), waiting.status(), refused.status());

  @Test
  void whatNeedsAPersonComesFirst() {
    assertThat(page("", "").rows())
        .extracting(OverviewRow::id)
        .containsExactly("refused", "waiting", "calm");
  }

  @Test
  void environmentsStandInTheOrderInWhichReleasesReachThem() {
    assertThat(page("", "").columns()).containsExactly("stage", "canary", "prod");
    assertThat(page("calm", "").rows().getFirst().cells())
        .extracting(cell -> cell.isPresent())
        .containsExactly(true, false, false);
  }

  @Test
  void aLabelThatIsRefusedIsSaidOfTheProject() {
    assertThat(page("refused", "").rows().getFirst().notes())
        .singleElement()
        .satisfies(note -> assertThat(note.text()).contains("oops"))
        .extracting(OverviewRow.Note::tone)
        .isEqualTo(Attention.BROKEN);
  }

  @Test
  void aSearchFindsProjectsReleasesAndStates() {
    String release =
        all.getFirst().explanations().getFirst().current().orElseThrow().release().value();
    assertThat(page(" CALM ", "").rows()).extracting(OverviewRow::id).containsExactly("calm");
    assertThat(page(release.substring(0, 8), "").rows())
        .extracting(OverviewRow::id)
        .containsExactly("calm");
    assertThat(page("a person to deploy", "").rows())
        .extracting(OverviewRow::id)
        .containsExactly("waiting");
    assertThat(page("nothing like this", "").rows()).isEmpty();
  }

  @Test
  void countsAreOfEverythingAndChooseWhatIsShown() {
    OverviewPage page = page("", "person");
    assertThat(page.rows()).extracting(OverviewRow::id).containsExactly("waiting");
    assertThat(page.counts())
        .extracting(OverviewPage.Count::word, OverviewPage.Count::projects)
        .containsExactly(tuple("broken", 1L), tuple("person", 1L), tuple("calm", 1L));
  }

  @Test
  void aProjectOfWhichAnythingIsHeldIsCountedAmongTheHeldAndNotAmongTheCalm() {
    calm.execute(
        new OperatorCommand.Say(new Intervention.Hold(STAGE)),
        calm.said("alice", "fire"),
        new WriteOutcome.Applied());
    var page =
        OverviewPage.of(
            List.of(calm.status()),
            Manifests.NONE,
            InterventionState.NONE,
            "",
            "stopped",
            0,
            calm.now);
    assertThat(page.rows()).extracting(OverviewRow::id).containsExactly("calm");
    assertThat(page.counts())
        .extracting(OverviewPage.Count::word, OverviewPage.Count::projects)
        .containsExactly(tuple("stopped", 1L));
  }

  @Test
  void aPageHasAsManyRowsAsSomebodyReadsAndLeadsOn() {
    var many =
        IntStream.range(0, OverviewPage.ROWS + 20)
            .mapToObj(i -> new StatusFixture("project%03d".formatted(i)).status())
            .toList();
    var first = OverviewPage.of(many, Manifests.NONE, InterventionState.NONE, "", "", 0, calm.now);
    assertThat(first.rows()).hasSize(OverviewPage.ROWS);
    assertThat(first.hasMore()).isTrue();
    var next =
        OverviewPage.of(
            many, Manifests.NONE, InterventionState.NONE, "", "", first.next(), calm.now);
    assertThat(next.rows()).hasSize(20);
    assertThat(next.hasMore()).isFalse();
    assertThat(next.rows().getFirst().id()).isEqualTo("project100");
  }

  @Test
  void whatKeepsEverythingFromBeingDecidedIsSaidOnceAboveAllProjects() {
    Failure unreadable = Failure.stalled("item interventions of the daemon cannot be read");
    var stalled =
        List.of(calm, waiting).stream()
            .map(
                it ->
                    new ProjectStatus(
                        it.desired(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new ProjectStatus.Failing(unreadable, it.now, 1))))
            .toList();
    var page =
        OverviewPage.of(stalled, Manifests.NONE, InterventionState.NONE, "", "", 0, calm.now);
    assertThat(page.notes())
        .singleElement()
        .extracting(OverviewRow.Note::text)
        .isEqualTo("Nothing is decided: item interventions of the daemon cannot be read");
    var others = new ArrayList<>(stalled);
    others.add(refused.status());
    assertThat(
            OverviewPage.of(others, Manifests.NONE, InterventionState.NONE, "", "", 0, calm.now)
                .notes())
        .isEmpty();
  }

  @Test
  void aStaleManifestIsSomethingToMend() {
    var page =
        OverviewPage.of(
            all, staleManifest(all.getFirst()), InterventionState.NONE, "calm", "", 0, calm.now);
    assertThat(page.rows().getFirst().tone()).isEqualTo(Attention.BROKEN);
  }

  private static Manifests staleManifest(ProjectStatus status) {
    var id = status.desired().project();
    return new Manifests(
        new TreeMap<>(Map.of(id, status.desired())),
        new TreeMap<>(Map.of(id, "calm.yaml")),
        new TreeSet<>(Set.of(id)),
        List.of());
  }

  private OverviewPage page(String query, String only) {
    return OverviewPage.of(all, Manifests.NONE, InterventionState.NONE, query, only, 0, calm.now);
  }
}
