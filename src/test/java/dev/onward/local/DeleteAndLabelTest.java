package dev.onward.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionResponse;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.Tag;

class DeleteAndLabelTest extends SsmTestBase {

  @Test
  void aDeletedParameterIsGoneWithItsHistory() {
    create("/a", "1");
    overwrite("/a", "2");
    ssm.deleteParameter(p -> p.name("/a"));

    assertThat(codeOf(() -> valueOf("/a"))).isEqualTo("ParameterNotFound");
    assertThat(codeOf(() -> ssm.deleteParameter(p -> p.name("/a")))).isEqualTo("ParameterNotFound");
    assertThat(create("/a", "3")).isEqualTo(1);
  }

  @Test
  void upToTenAreDeletedAtOnceAndTheMissingListed() {
    create("/a", "1");
    create("/b", "1");

    DeleteParametersResponse response = ssm.deleteParameters(p -> p.names("/a", "/none", "/b"));
    assertThat(response.deletedParameters()).containsExactly("/a", "/b");
    assertThat(response.invalidParameters()).containsExactly("/none");
    List<String> eleven = IntStream.range(0, 11).mapToObj(i -> "/p" + i).toList();
    assertThat(codeOf(() -> ssm.deleteParameters(p -> p.names(eleven))))
        .isEqualTo("ValidationException");
  }

  @Test
  void oneHundredVersionsAreKept() {
    IntStream.rangeClosed(1, 103).forEach(i -> overwrite("/a", "v" + i));

    assertThat(
            ssm.getParameterHistoryPaginator(p -> p.name("/a")).stream()
                .flatMap(page -> page.parameters().stream()))
        .extracting(ParameterHistory::version)
        .hasSize(100)
        .startsWith(4L)
        .endsWith(103L);
    assertThat(codeOf(() -> valueOf("/a:3"))).isEqualTo("ParameterVersionNotFound");
  }

  @Test
  void aLabelledOldestVersionStopsTheNextOneUntilTheLabelMoves() {
    IntStream.rangeClosed(1, 100).forEach(i -> overwrite("/a", "v" + i));
    label("/a", 1, "live");

    assertThat(codeOf(() -> overwrite("/a", "v101"))).isEqualTo("ParameterMaxVersionLimitExceeded");
    assertThat(valueOf("/a")).isEqualTo("v100");

    label("/a", 100, "live");
    assertThat(overwrite("/a", "v101")).isEqualTo(101);
    assertThat(valueOf("/a:live")).isEqualTo("v100");
  }

  @Test
  void aVersionHasAtMostTenLabels() {
    create("/a", "x");
    ssm.labelParameterVersion(
        p -> p.name("/a").labels(IntStream.range(0, 10).mapToObj(i -> "l" + i).toList()));

    assertThat(codeOf(() -> label("/a", 1, "one-more")))
        .isEqualTo("ParameterVersionLabelLimitExceeded");
    assertThat(label("/a", 1, "l3").invalidLabels()).isEmpty();
  }

  @Test
  void labelsThatBreakTheRulesAreHandedBack() {
    create("/a", "x");

    LabelParameterVersionResponse response =
        ssm.labelParameterVersion(
            p -> p.name("/a").labels("good.One-1_", "1st", "AWSx", "ssm", "a b", "x".repeat(101)));
    assertThat(response.invalidLabels())
        .containsExactlyInAnyOrder("1st", "AWSx", "ssm", "a b", "x".repeat(101));
    assertThat(response.parameterVersion()).isEqualTo(1);
    assertThat(valueOf("/a:good.One-1_")).isEqualTo("x");
  }

  @Test
  void onlyAVersionThatIsThereIsLabelled() {
    assertThat(codeOf(() -> label("/a", 1, "l"))).isEqualTo("ParameterNotFound");
    create("/a", "x");
    assertThat(codeOf(() -> label("/a", 2, "l"))).isEqualTo("ParameterVersionNotFound");
  }

  @Test
  void tagsAreRefusedClearly() {
    create("/a", "x");

    assertThat(
            errorOf(
                    () ->
                        ssm.addTagsToResource(
                            p ->
                                p.resourceType("Parameter")
                                    .resourceId("/a")
                                    .tags(Tag.builder().key("k").value("v").build())))
                .errorMessage())
        .isEqualTo("The local SSM keeps no tags: AddTagsToResource is not supported.");
    assertThat(
            codeOf(
                () -> ssm.listTagsForResource(p -> p.resourceType("Parameter").resourceId("/a"))))
        .isEqualTo("UnknownOperationException");
  }

  private LabelParameterVersionResponse label(String name, long version, String label) {
    return ssm.labelParameterVersion(p -> p.name(name).parameterVersion(version).labels(label));
  }
}
