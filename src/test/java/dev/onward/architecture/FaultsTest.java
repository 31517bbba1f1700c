package dev.onward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The table of faults is complete, and whatever it names as a proof is run. */
class FaultsTest {
  private static final int FAULTS = 56;
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| (?<number>\\d+) \\| (?<fault>[^|]+) \\| (?<outcome>[^|]+) \\| (?<proofs>[^|]+)"
              + " \\|$",
          Pattern.MULTILINE);
  private static final Pattern PROOF = Pattern.compile("`(?<test>\\w+)#(?<method>\\w+)`");
  private static final Pattern PROOFS = Pattern.compile("%1$s(?:, %1$s)*".formatted("`\\w+#\\w+`"));

  private final List<MatchResult> rows;

  FaultsTest() throws IOException {
    rows = ROW.matcher(Files.readString(Path.of("docs", "faults.md"))).results().toList();
  }

  @Test
  void everyFaultIsThereOnceInOrder() {
    assertThat(rows)
        .extracting(row -> Integer.valueOf(row.group("number")))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, FAULTS).boxed().toList());
  }

  @Test
  void everyFaultHasProofsAndNothingElseInTheirPlace() {
    assertThat(rows).allSatisfy(row -> assertThat(row.group("proofs")).matches(PROOFS));
  }

  @Test
  void everyProofIsATestThatIsRun() throws IOException {
    Map<String, Class<?>> tests = tests();
    for (MatchResult row : rows) {
      for (MatchResult proof : PROOF.matcher(row.group("proofs")).results().toList()) {
        Class<?> test = tests.get(proof.group("test"));
        assertThat(test).as("the class of %s", proof.group()).isNotNull();
        assertThat(isRun(test, tests)).as("%s is run by the build", test).isTrue();
        assertThat(test.getDeclaredMethods())
            .as(proof.group())
            .filteredOn(method -> method.getName().equals(proof.group("method")))
            .singleElement()
            .matches(FaultsTest::isATest);
      }
    }
  }

  private static boolean isATest(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class)
        && !AnnotationSupport.isAnnotated(method, Disabled.class)
        && !AnnotationSupport.isAnnotated(method.getDeclaringClass(), Disabled.class);
  }

  /** By its name; a contract by whoever keeps it. */
  private static boolean isRun(Class<?> test, Map<String, Class<?>> tests) {
    return Modifier.isAbstract(test.getModifiers())
        ? tests.values().stream()
            .anyMatch(it -> !it.equals(test) && test.isAssignableFrom(it) && isRun(it, tests))
        : test.getSimpleName().matches("\\w+(Test|IT)");
  }

  /** All of this build's own, by name: there are no two of the same. */
  private static Map<String, Class<?>> tests() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .map(path -> TESTS.relativize(path).toString())
          .filter(path -> path.matches(".*(Test|IT|Contract)\\.java"))
          .map(FaultsTest::classOf)
          .collect(Collectors.toMap(Class::getSimpleName, it -> it));
    }
  }

  private static Class<?> classOf(String path) {
    String name = path.replaceFirst("\\.java$", "").replaceAll("[/\\\\]", ".");
    try {
      return Class.forName(name, false, FaultsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }
}
