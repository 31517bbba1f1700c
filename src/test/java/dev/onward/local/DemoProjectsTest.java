package dev.onward.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.local.DemoProjects.Step;
import dev.onward.manifest.ManifestWatcher;
import dev.onward.model.ProjectId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

class DemoProjectsTest extends SsmTestBase {

  @Test
  void seedingPublishesEveryServiceUnderLatestAsABuildWould() {
    DemoProjects.seed(aws.ssm());

    List<ParameterMetadata> parameters = ssm.describeParameters().parameters();
    assertThat(parameters).hasSameSizeAs(DemoProjects.AT_THE_START);
    assertThat(parameters)
        .allMatch(parameter -> parameter.name().matches("/[a-z]+/images/latest/[a-z-]+"))
        .allMatch(parameter -> parameter.lastModifiedUser().endsWith(":user/builds"))
        .allMatch(parameter -> parameter.description().startsWith("Published by builds"));
    assertThat(valueOf("/storage/images/latest/archivist"))
        .isEqualTo("123456789012.dkr.ecr.eu-west-1.amazonaws.com/uk.ac.wellcome/archivist:1a2b3c4");
  }

  @Test
  void laterBuildsAreOfKnownServicesAndOverWithinAMinute() {
    Set<String> known =
        DemoProjects.AT_THE_START.stream().map(DemoBuild::parameter).collect(Collectors.toSet());

    assertThat(DemoProjects.LATER.stream().flatMap(step -> step.builds().stream()))
        .allMatch(build -> known.contains(build.parameter()));
    assertThat(DemoProjects.LATER.stream().map(Step::after).reduce(Duration.ZERO, Duration::plus))
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void itsManifestsNameTheProjectsOfItsBuildsAndHaveNoProblem() {
    ManifestWatcher manifests = new ManifestWatcher(Path.of("src/local/demo"));
    manifests.poll();

    assertThat(manifests.current().problems()).isEmpty();
    assertThat(manifests.current().projects().keySet())
        .extracting(ProjectId::toString)
        .containsExactlyInAnyOrderElementsOf(
            DemoProjects.AT_THE_START.stream().map(DemoBuild::project).distinct().toList());
  }

  @Test
  void allImagesOfTheDemoDiffer() {
    List<DemoBuild> later =
        DemoProjects.LATER.stream().flatMap(step -> step.builds().stream()).toList();

    assertThat(Stream.concat(DemoProjects.AT_THE_START.stream(), later.stream()))
        .extracting(DemoBuild::image)
        .doesNotHaveDuplicates();
  }

  @Test
  void playedBuildsArePublishedAndEnd() {
    List<Step> steps =
        List.of(
            new Step(Duration.ZERO, List.of(new DemoBuild("storage", "archivist", "1"))),
            new Step(Duration.ZERO, List.of(new DemoBuild("storage", "archivist", "2"))));
    try (DemoBuilds builds = DemoBuilds.start(steps, aws.ssm())) {
      await().atMost(5, SECONDS).until(builds::isOver);
    }

    assertThat(valueOf("/storage/images/latest/archivist")).endsWith("archivist:2");
  }

  @Test
  void closingStopsBuildsThatAreStillToCome() {
    List<Step> steps =
        List.of(new Step(Duration.ofHours(1), List.of(new DemoBuild("storage", "archivist", "1"))));
    DemoBuilds builds = DemoBuilds.start(steps, aws.ssm());
    builds.close();

    assertThat(builds.isOver()).isTrue();
    assertThat(aws.ssm().isEmpty()).isTrue();
  }
}
