package dev.onward.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.DesiredState;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

public class StatusSnapshotTest {
  private static final ProjectId STORAGE = new ProjectId("storage");

  private final StatusSnapshot board = new StatusSnapshot();
  private final StatusFixture storage = StatusFixture.storage().publish("bags", "1");

  @Test
  void aProjectIsThereFromItsManifestOn() {
    inForce(storage.desired());
    assertThat(board.project(STORAGE).orElseThrow().lastCycle()).isEmpty();
    board.cycleEnded(storage.cycle());
    assertThat(board.project(STORAGE).orElseThrow().isReached()).isTrue();
  }

  @Test
  void aRemovedProjectIsGoneAndALateCycleDoesNotBringItBack() {
    inForce(storage.desired());
    inForce();
    board.cycleEnded(storage.cycle());
    assertThat(board.projects()).isEmpty();
  }

  @Test
  void aChangedManifestKeepsWhatIsKnown() {
    inForce(storage.desired());
    board.cycleEnded(storage.cycle());
    inForce(storage.without(StatusFixture.PROD).desired());
    var status = board.project(STORAGE).orElseThrow();
    assertThat(status.seen()).isPresent();
    assertThat(status.desired().environments()).hasSize(1);
  }

  @Test
  void projectsComeById() {
    inForce(new StatusFixture("zebra").desired(), new StatusFixture("ant").desired());
    assertThat(board.projects())
        .extracting(status -> status.desired().project().value())
        .containsExactly("ant", "zebra");
  }

  @Test
  void whatWasSaidOfEverythingIsShownBeforeAnyCycleSeesIt() {
    inForce(storage.desired());
    board.cycleEnded(storage.cycle());
    storage.stopEverything(storage.said("alice", "fire"));
    var stopped = storage.cycle().observed().orElseThrow().globalInterventions();
    board.globalInterventionsChanged(stopped);
    assertThat(board.globalInterventions()).isEqualTo(stopped);
    board.globalInterventionsChanged(InterventionState.NONE);
    board.cycleEnded(storage.cycle());
    assertThat(board.globalInterventions()).isEqualTo(stopped);
  }

  private void inForce(DesiredState... desired) {
    board.manifestsChanged(manifests(desired), List.of());
  }

  public static Manifests manifests(DesiredState... desired) {
    var projects = new TreeMap<ProjectId, DesiredState>();
    var files = new TreeMap<ProjectId, String>();
    for (DesiredState project : desired) {
      projects.put(project.project(), project);
      files.put(project.project(), project.project() + ".yaml");
    }
    return new Manifests(projects, files, new TreeSet<>(), List.of());
  }
}
