package dev.onward.board;

import static dev.onward.status.Rehearsal.LATEST;
import static dev.onward.status.Rehearsal.PROD;
import static dev.onward.status.Rehearsal.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.onward.manifest.Manifests;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Interventions;
import dev.onward.model.OperatorWord;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.plan.Wish;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Mode;
import dev.onward.reconcile.Failure;
import dev.onward.reconcile.WriteOutcome;
import dev.onward.status.ProjectStatus;
import dev.onward.status.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstatePageTest {
  private static final EnvironmentId CANARY = new EnvironmentId("canary");

  private final Rehearsal calm =
      new Rehearsal("calm")
          .environment(STAGE, LATEST, Mode.AUTO, DriftPolicy.REPORT)
          .publish("bags", "1");
  private final Rehearsal waiting =
      new Rehearsal("waiting")
          .environment(STAGE, LATEST, Mode.AUTO, DriftPolicy.REPORT)
          .environment(CANARY, STAGE, Mode.AUTO, DriftPolicy.REPORT)
          .environment(PROD, CANARY, Mode.MANUAL, DriftPolicy.REPORT)
          .publish("bags", "1");
  private final Rehearsal refused =
      new Rehearsal("refused")
          .environment(STAGE, LATEST, Mode.AUTO, DriftPolicy.REPORT)
          .put(LATEST, "bags", new Value.NotAnImage("oops"));

  private final List<ProjectStatus> all =
      List.of(calm.status(), waiting.status(), refused.status());

  @Test
  void whatNeedsAPersonComesFirst() {
    assertThat(page("", "").rows())
        .extracting(EstateRow::id)
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
        .extracting(EstateRow.Note::tone)
        .isEqualTo(Tone.BROKEN);
  }

  @Test
  void aSearchFindsProjectsReleasesAndStates() {
    String release =
        all.getFirst().explanations().getFirst().current().orElseThrow().release().value();
    assertThat(page(" CALM ", "").rows()).extracting(EstateRow::id).containsExactly("calm");
    assertThat(page(release.substring(0, 8), "").rows())
        .extracting(EstateRow::id)
        .containsExactly("calm");
    assertThat(page("a person to deploy", "").rows())
        .extracting(EstateRow::id)
        .containsExactly("waiting");
    assertThat(page("nothing like this", "").rows()).isEmpty();
  }

  @Test
  void countsAreOfEverythingAndChooseWhatIsShown() {
    EstatePage page = page("", "person");
    assertThat(page.rows()).extracting(EstateRow::id).containsExactly("waiting");
    assertThat(page.counts())
        .extracting(EstatePage.Count::word, EstatePage.Count::projects)
        .containsExactly(tuple("broken", 1L), tuple("person", 1L), tuple("calm", 1L));
  }

  @Test
  void aProjectOfWhichAnythingIsHeldIsCountedAmongTheHeldAndNotAmongTheCalm() {
    calm.wish(
        new Wish.Say(new OperatorWord.Hold(STAGE)),
        calm.said("alice", "fire"),
        new WriteOutcome.Applied());
    var page =
        EstatePage.of(
            List.of(calm.status()), Manifests.NONE, Interventions.NONE, "", "stopped", 0, calm.now);
    assertThat(page.rows()).extracting(EstateRow::id).containsExactly("calm");
    assertThat(page.counts())
        .extracting(EstatePage.Count::word, EstatePage.Count::projects)
        .containsExactly(tuple("stopped", 1L));
  }

  @Test
  void aPageHasAsManyRowsAsSomebodyReadsAndLeadsOn() {
    var many =
        IntStream.range(0, EstatePage.ROWS + 20)
            .mapToObj(i -> new Rehearsal("project%03d".formatted(i)).status())
            .toList();
    var first = EstatePage.of(many, Manifests.NONE, Interventions.NONE, "", "", 0, calm.now);
    assertThat(first.rows()).hasSize(EstatePage.ROWS);
    assertThat(first.hasMore()).isTrue();
    var next =
        EstatePage.of(many, Manifests.NONE, Interventions.NONE, "", "", first.next(), calm.now);
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
    var page = EstatePage.of(stalled, Manifests.NONE, Interventions.NONE, "", "", 0, calm.now);
    assertThat(page.notes())
        .singleElement()
        .extracting(EstateRow.Note::text)
        .isEqualTo("Nothing is decided: item interventions of the daemon cannot be read");
    var others = new ArrayList<>(stalled);
    others.add(refused.status());
    assertThat(
            EstatePage.of(others, Manifests.NONE, Interventions.NONE, "", "", 0, calm.now).notes())
        .isEmpty();
  }

  @Test
  void aStaleManifestIsSomethingToMend() {
    var page =
        EstatePage.of(
            all, staleManifest(all.getFirst()), Interventions.NONE, "calm", "", 0, calm.now);
    assertThat(page.rows().getFirst().tone()).isEqualTo(Tone.BROKEN);
  }

  private static Manifests staleManifest(ProjectStatus status) {
    var id = status.desired().project();
    return new Manifests(
        new TreeMap<>(Map.of(id, status.desired())),
        new TreeMap<>(Map.of(id, "calm.yaml")),
        new TreeSet<>(Set.of(id)),
        List.of());
  }

  private EstatePage page(String query, String only) {
    return EstatePage.of(all, Manifests.NONE, Interventions.NONE, query, only, 0, calm.now);
  }
}
