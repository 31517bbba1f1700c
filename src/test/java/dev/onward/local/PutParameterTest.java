package dev.onward.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.Tag;

class PutParameterTest extends SsmTestBase {

  @Test
  void everyWriteMakesAVersionEvenOfTheSameValue() {
    assertThat(create("/a/b", "x")).isEqualTo(1);
    assertThat(overwrite("/a/b", "x")).isEqualTo(2);
    assertThat(overwrite("/a/b", "y")).isEqualTo(3);
    assertThat(valueOf("/a/b")).isEqualTo("y");
  }

  @Test
  void anExistingParameterIsOverwrittenOnlyOnRequest() {
    create("/a/b", "x");

    assertThat(codeOf(() -> create("/a/b", "y"))).isEqualTo("ParameterAlreadyExists");
    assertThat(valueOf("/a/b")).isEqualTo("x");
  }

  @Test
  void ofManyConcurrentCreationsExactlyOneWins() throws Exception {
    List<Callable<String>> creations =
        IntStream.range(0, 16)
            .<Callable<String>>mapToObj(i -> () -> tryToCreate("/race", "writer-" + i))
            .toList();
    List<String> outcomes;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes = threads.invokeAll(creations).stream().map(Future::resultNow).toList();
    }

    assertThat(outcomes).filteredOn("ParameterAlreadyExists"::equals).hasSize(15);
    assertThat(outcomes).contains(valueOf("/race"));
  }

  @Test
  void concurrentOverwritesGetOneVersionEach() throws Exception {
    create("/race", "0");
    List<Callable<Long>> writes =
        IntStream.range(0, 32)
            .<Callable<Long>>mapToObj(i -> () -> overwrite("/race", "v" + i))
            .toList();
    List<Long> versions;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      versions = threads.invokeAll(writes).stream().map(Future::resultNow).toList();
    }

    assertThat(versions).doesNotHaveDuplicates().allMatch(version -> version >= 2 && version <= 33);
  }

  @Test
  void whatAnOverwriteLeavesOutStays() {
    ssm.putParameter(
        p ->
            p.name("/a/b")
                .value("1")
                .type(ParameterType.STRING)
                .description("by me")
                .allowedPattern("^\\d+$")
                .tier(ParameterTier.ADVANCED));
    ssm.putParameter(p -> p.name("/a/b").value("2").overwrite(true));

    ParameterMetadata after = ssm.describeParameters().parameters().getFirst();
    assertThat(after.description()).isEqualTo("by me");
    assertThat(after.allowedPattern()).isEqualTo("^\\d+$");
    assertThat(after.tier()).isEqualTo(ParameterTier.ADVANCED);
    assertThat(after.type()).isEqualTo(ParameterType.STRING);
  }

  @Test
  void aParameterNeedsATypeAndKeepsIt() {
    assertThat(errorOf(() -> ssm.putParameter(p -> p.name("/a").value("x"))).errorMessage())
        .isEqualTo("A parameter type is required when you create a parameter.");
    create("/a", "x");

    assertThat(
            codeOf(
                () ->
                    ssm.putParameter(
                        p ->
                            p.name("/a")
                                .value("y")
                                .type(ParameterType.SECURE_STRING)
                                .overwrite(true))))
        .isEqualTo("HierarchyTypeMismatchException");
    assertThat(valueOf("/a")).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "/a", "/A.b-c_9/x", "/a/aws", "/xaws", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o"})
  void goodNamesAreTaken(String name) {
    create(name, "x");

    assertThat(ssm.getParameter(p -> p.name(name)).parameter().name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          a b                              , ValidationException
          a/b                              , ValidationException
          /a/                              , ValidationException
          /a//b                            , ValidationException
          /                                , ValidationException
          /é                               , ValidationException
          /a:b                             , ValidationException
          aws                              , ValidationException
          AwSome                           , ValidationException
          ssm                              , ValidationException
          /Ssm/x                           , ValidationException
          /aws/x                           , AccessDeniedException
          /AWSome/x                        , AccessDeniedException
          /a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p , HierarchyLevelLimitExceededException
          """)
  void badNamesAreRefused(String name, String code) {
    assertThat(codeOf(() -> create(name, "x"))).isEqualTo(code);
  }

  @Test
  void aNameMayHave1011CharactersWithItsArn() {
    String arnWithoutName = "arn:aws:ssm:eu-west-1:123456789012:parameter";
    String longest = "/" + "x".repeat(1011 - arnWithoutName.length() - 1);
    create(longest, "x");

    assertThat(codeOf(() -> create(longest + "x", "x"))).isEqualTo("ValidationException");
  }

  @Test
  void spacesAroundANameAreDropped() {
    create("  /a/b ", "x");

    assertThat(valueOf("/a/b")).isEqualTo("x");
  }

  @Test
  void aValueMayNotNestAnother() {
    for (String value : List.of("{{}}", "{{ssm:/a/b}}", "x {{ y }} z")) {
      assertThat(codeOf(() -> create("/a", value))).isEqualTo("ValidationException");
    }
    assertThatCode(() -> create("/a", "{not} {{nested} }")).doesNotThrowAnyException();
  }

  @Test
  void aValueHasAtLeastOneCharacter() {
    assertThat(errorOf(() -> create("/a", "")).errorMessage())
        .isEqualTo(
            "1 validation error detected: Value at 'value' failed to satisfy constraint: Member"
                + " must have length greater than or equal to 1");
  }

  @Test
  void aStandardParameterHolds4KbAndAnAdvancedOne8Kb() {
    create("/a", "x".repeat(4096));
    assertThat(codeOf(() -> create("/b", "x".repeat(4097)))).isEqualTo("ValidationException");
    assertThat(codeOf(() -> create("/b", "é".repeat(2049)))).isEqualTo("ValidationException");

    putTier("/b", "x".repeat(8192), ParameterTier.ADVANCED);
    assertThat(codeOf(() -> putTier("/c", "x".repeat(8193), ParameterTier.ADVANCED)))
        .isEqualTo("ValidationException");
  }

  @Test
  void intelligentTieringTakesTheAdvancedTierWhenItMust() {
    assertThat(putTier("/a", "x", ParameterTier.INTELLIGENT_TIERING))
        .isEqualTo(ParameterTier.STANDARD);
    assertThat(putTier("/a", "x".repeat(4097), ParameterTier.INTELLIGENT_TIERING))
        .isEqualTo(ParameterTier.ADVANCED);
    assertThat(codeOf(() -> putTier("/a", "x", ParameterTier.STANDARD)))
        .isEqualTo("ValidationException");
  }

  @Test
  void aDescriptionHasAtMost1024Characters() {
    ssm.putParameter(
        p -> p.name("/a").value("x").type(ParameterType.STRING).description("d".repeat(1024)));

    assertThat(
            codeOf(
                () ->
                    ssm.putParameter(
                        p ->
                            p.name("/a").value("x").overwrite(true).description("d".repeat(1025)))))
        .isEqualTo("ValidationException");
  }

  @Test
  void aValueMustMatchItsAllowedPatternNowAndLater() {
    ssm.putParameter(
        p -> p.name("/a").value("12").type(ParameterType.STRING).allowedPattern("^\\d+$"));

    assertThat(codeOf(() -> overwrite("/a", "twelve")))
        .isEqualTo("ParameterPatternMismatchException");
    assertThat(
            codeOf(
                () ->
                    ssm.putParameter(
                        p ->
                            p.name("/b")
                                .value("1")
                                .type(ParameterType.STRING)
                                .allowedPattern("("))))
        .isEqualTo("InvalidAllowedPatternException");
  }

  @Test
  void allViolatedConstraintsAreReportedAtOnce() {
    assertThat(
            errorOf(() -> ssm.putParameter(p -> p.name("/a").type("str").tier("cheap")))
                .errorMessage())
        .startsWith("3 validation errors detected: ")
        .contains("Value null at 'value' failed to satisfy constraint: Member must not be null")
        .contains(
            "Value 'str' at 'type' failed to satisfy constraint: Member must satisfy enum value"
                + " set: [SecureString, StringList, String]")
        .contains("Value 'cheap' at 'tier'");
  }

  @Test
  void unknownDataTypesTagsAndPoliciesAreRefused() {
    assertThat(
            codeOf(
                () ->
                    ssm.putParameter(
                        p -> p.name("/a").value("x").type(ParameterType.STRING).dataType("Text"))))
        .isEqualTo("ValidationException");
    assertThat(
            errorOf(
                    () ->
                        ssm.putParameter(
                            p ->
                                p.name("/a")
                                    .value("x")
                                    .type(ParameterType.STRING)
                                    .tags(Tag.builder().key("k").value("v").build())))
                .errorMessage())
        .contains("no tags");
  }

  private ParameterTier putTier(String name, String value, ParameterTier tier) {
    return ssm.putParameter(
            p -> p.name(name).value(value).type(ParameterType.STRING).overwrite(true).tier(tier))
        .tier();
  }

  /** The value that was written, or the code of the error. */
  private String tryToCreate(String name, String value) {
    try {
      create(name, value);
      return value;
    } catch (SsmException e) {
      return e.awsErrorDetails().errorCode();
    }
  }
}
