package dev.onward.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParametersFilter;

class DescribeParametersTest extends SsmTestBase {

  @Test
  void aDescriptionHasAllButTheValue() {
    ssm.putParameter(
        p -> p.name("/a").value("x").type(ParameterType.STRING).description("a reason"));

    assertThat(ssm.describeParameters().parameters())
        .containsExactly(
            ParameterMetadata.builder()
                .name("/a")
                .arn("arn:aws:ssm:eu-west-1:123456789012:parameter/a")
                .type(ParameterType.STRING)
                .description("a reason")
                .version(1L)
                .lastModifiedDate(NOW)
                .lastModifiedUser("arn:aws:iam::123456789012:user/alice")
                .tier(ParameterTier.STANDARD)
                .dataType("text")
                .policies(List.of())
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Name ,            , /p/a       , /p/a
          Name , Equals     , /p/a       , /p/a
          Name , Equals     , /p         ,
          Name , BeginsWith , /p/a       , /p/a /p/ab /p/a/c
          Name , BeginsWith , p/a        , /p/a /p/ab /p/a/c
          Name , Contains   , a          , /p/a /p/ab /p/a/c
          Path ,            , /p         , /p/a /p/ab
          Path , OneLevel   , /p         , /p/a /p/ab
          Path , Recursive  , /p         , /p/a /p/ab /p/a/c
          Path , Recursive  , /          , /p/a /p/ab /p/a/c /q/s
          Type , Equals     , SecureString , /q/s
          Type , BeginsWith , S          , /p/a /p/ab /p/a/c /q/s
          KeyId, Equals     , alias/aws/ssm , /q/s
          Tier , Equals     , Standard   , /p/a /p/ab /p/a/c /q/s
          """)
  void filtersPickParameters(String key, String option, String value, String expected) {
    List.of("/p/a", "/p/ab", "/p/a/c").forEach(name -> create(name, "x"));
    ssm.putParameter(p -> p.name("/q/s").value("x").type(ParameterType.SECURE_STRING));

    assertThat(describe(filter(key, option, value)))
        .containsExactlyInAnyOrderElementsOf(
            expected == null ? List.of() : List.of(expected.split(" ")));
  }

  @Test
  void aParameterPassesAllFiltersAndAnyValueOfEach() {
    Stream.of("/p/a", "/p/b", "/q/a").forEach(name -> create(name, "x"));

    ParameterStringFilter names = filter("Name", "BeginsWith", "/p/a", "/p/b", "/q");
    assertThat(describe(names)).containsExactlyInAnyOrder("/p/a", "/p/b", "/q/a");
    assertThat(describe(names, filter("Path", "OneLevel", "/p")))
        .containsExactlyInAnyOrder("/p/a", "/p/b");
  }

  @Test
  void pagesHoldFiftyAtMost() {
    IntStream.range(0, 120).forEach(i -> create("/p/s" + i, "x"));

    assertThat(ssm.describeParameters().parameters()).hasSize(50);
    assertThat(describe()).hasSize(120).doesNotHaveDuplicates();
    assertThat(codeOf(() -> ssm.describeParameters(p -> p.maxResults(51))))
        .isEqualTo("ValidationException");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Colour , Equals   , ValidationException
          Label  , Equals   , InvalidFilterKey
          tag:x  , Equals   , InvalidFilterKey
          Name   , OneLevel , InvalidFilterOption
          Path   , Equals   , InvalidFilterOption
          Type   , Contains , InvalidFilterOption
          """)
  void badFiltersAreRefused(String key, String option, String code) {
    assertThat(codeOf(() -> describe(filter(key, option, "/p")))).isEqualTo(code);
  }

  @Test
  void aFilterNeedsValuesAndComesOnce() {
    ParameterStringFilter names = filter("Name", "Equals", "/p");

    assertThat(codeOf(() -> describe(ParameterStringFilter.builder().key("Name").build())))
        .isEqualTo("InvalidFilterValue");
    assertThat(codeOf(() -> describe(names, names))).isEqualTo("InvalidFilterKey");
  }

  @Test
  void theOldKindOfFilterStillWorks() {
    create("/p/a", "x");
    create("/q/a", "x");

    ParametersFilter old = ParametersFilter.builder().key("Name").values("/p").build();
    assertThat(ssm.describeParameters(p -> p.filters(old)).parameters())
        .extracting(ParameterMetadata::name)
        .containsExactly("/p/a");
  }

  private List<String> describe(ParameterStringFilter... filters) {
    return ssm.describeParametersPaginator(p -> p.parameterFilters(filters)).stream()
        .flatMap(page -> page.parameters().stream())
        .map(ParameterMetadata::name)
        .toList();
  }

  private static ParameterStringFilter filter(String key, String option, String... values) {
    return ParameterStringFilter.builder().key(key).option(option).values(values).build();
  }
}
