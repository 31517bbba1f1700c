package dev.onward.status.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.Manifests;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.manifest.document.ManifestProblem.Severity;
import dev.onward.reconcile.CycleReport;
import dev.onward.status.ProjectStatus;
import dev.onward.status.StatusFixture;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReadinessVerdictTest {
  private static final Failure UNREACHABLE = Failure.transientOne("SSM cannot be reached");

  private final StatusFixture storage = StatusFixture.storage().publish("bags", "1");
  private final List<ProjectStatus> projects =
      new ArrayList<>(List.of(ProjectStatus.unseen(storage.desired())));

  @Test
  void notBeforeAProjectCouldBeLookedAt() {
    assertThat(verdict())
        .isEqualTo(
            new ReadinessVerdict(
                false, "no project could be observed yet: the first cycle is in progress"));
    after(storage.failing(UNREACHABLE));
    assertThat(verdict().ready()).isFalse();
    assertThat(verdict().reason()).contains("SSM cannot be reached");
    after(storage.cycle());
    assertThat(verdict().ready()).isTrue();
  }

  @Test
  void oneProjectThatCanBeLookedAtIsEnough() {
    projects.add(ProjectStatus.unseen(new StatusFixture("other").desired()));
    after(storage.cycle());
    assertThat(verdict().ready()).isTrue();
  }

  @Test
  void writesThatFailDoNotMakeItUseless() {
    after(storage.cycle(action -> new WriteOutcome.Failed(Failure.stalled("denied"))));
    assertThat(verdict().ready()).isTrue();
  }

  @Test
  void whatKeepsEverythingFromBeingDecidedUntilAPersonActsIsSaid() {
    after(storage.cycle());
    after(storage.failing(Failure.stalled("item interventions of the daemon cannot be read")));
    assertThat(verdict().ready()).isTrue();
    assertThat(verdict().reason())
        .isEqualTo("automation is paused: item interventions of the daemon cannot be read");
  }

  @Test
  void aBadMomentOfAwsIsSatOut() {
    after(storage.cycle());
    after(storage.after(ReadinessVerdict.GRACE).failing(UNREACHABLE));
    assertThat(verdict().ready()).isTrue();
    assertThat(verdict().reason()).contains("SSM cannot be reached");
  }

  @Test
  void aLongAbsenceOfAwsIsNot() {
    after(storage.cycle());
    after(storage.after(ReadinessVerdict.GRACE.plusSeconds(1)).failing(UNREACHABLE));
    assertThat(verdict().ready()).isFalse();
    after(storage.cycle());
    assertThat(verdict().ready()).isTrue();
  }

  @Test
  void fault11CredentialsThatStayExpiredMakeItUnreadyAndAreNamed() {
    Failure expired =
        Failure.stalled("SSM GetParametersByPath was refused: the AWS credentials have expired");
    after(storage.failing(expired));
    assertThat(verdict().ready()).as("it never could look").isFalse();
    assertThat(verdict().reason()).contains("the AWS credentials have expired");

    after(storage.cycle());
    after(storage.after(ReadinessVerdict.GRACE.plusSeconds(1)).failing(expired));
    assertThat(verdict().ready()).as("it can no more").isFalse();
    assertThat(verdict().reason()).contains("the AWS credentials have expired");
  }

  @Test
  void aLongIntervalIsNoAbsence() {
    after(storage.cycle());
    storage.after(Duration.ofHours(1));
    assertThat(verdict().ready()).isTrue();
  }

  @Test
  void nothingToDoIsReady() {
    projects.clear();
    assertThat(verdict().ready()).isTrue();
  }

  @Test
  void manifestsOfWhichNoneCanBeUsedAreNot() {
    projects.clear();
    var problem =
        new ManifestProblem(
            Severity.ERROR,
            "storage.yaml",
            "",
            OptionalInt.empty(),
            Optional.empty(),
            "'{'",
            "a map of projects");
    var manifests =
        new Manifests(new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), List.of(problem));
    ReadinessVerdict verdict = ReadinessVerdict.of(manifests, projects, storage.now);
    assertThat(verdict.ready()).isFalse();
    assertThat(verdict.reason()).contains("storage.yaml: found '{'");
  }

  private void after(CycleReport report) {
    projects.set(0, projects.getFirst().after(report));
  }

  private ReadinessVerdict verdict() {
    return ReadinessVerdict.of(Manifests.NONE, projects, storage.now);
  }
}
