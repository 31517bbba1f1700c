package dev.onward.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages and the dependencies between them, as docs/architecture.md draws them. */
class PackagesTest {
  private static final String ROOT = "dev.onward";
  private static final Path SOURCES = Path.of("src/main/java/dev/onward");
  private static final Pattern NAME = Pattern.compile("[a-z.]+");
  private static final String ARCHITECTURE = read(Path.of("docs/architecture.md"));
  private static final int MOST_CLASSES = 33;

  /**
   * Each package, and the other packages of Onward that it may use. The root may be used by all.
   */
  private static final Map<String, Set<String>> MAY_USE =
      table(
          """
      access: model
      access.http: access, model
      aws: aws.client, aws.dynamodb, aws.dynamodb.release, aws.dynamodb.state, aws.ssm, model, \
          reconcile.observe, store
      aws.client: model, store
      aws.dynamodb: aws.client, model, store
      aws.dynamodb.release: aws.dynamodb, aws.dynamodb.state, model, model.intervention, \
          model.release, plan, plan.command, store
      aws.dynamodb.state: aws.client, aws.dynamodb, model, model.intervention, model.release, \
          plan, plan.command, store
      aws.ssm: aws.client, model, model.release, store
      command: model, model.intervention, model.release, plan, plan.command, reconcile, \
          reconcile.observe, store
      lease: store
      manifest: manifest.document, manifest.reader, model, plan
      manifest.document: model
      manifest.reader: manifest.document, model, plan, policy, policy.gate
      model:
      model.intervention: model, model.release
      model.release: model
      plan: model, model.intervention, model.release, policy, policy.gate
      plan.command: model, model.intervention, model.release, plan, policy, policy.gate
      plan.replay: model, model.intervention, model.release, plan, policy, policy.gate
      policy: model, model.intervention, model.release
      policy.gate: model, model.intervention, model.release, policy
      probe: policy, store
      query: model, model.release, plan, status, store
      reconcile: lease, manifest, model, model.intervention, model.release, plan, reconcile.check, \
          reconcile.execute, reconcile.observe, store
      reconcile.check: model, model.release, policy, store
      reconcile.execute: model, model.intervention, model.release, plan, reconcile.observe, store
      reconcile.observe: model, model.intervention, model.release, plan, policy, policy.gate, \
          reconcile.check, store
      startup: access.http, manifest
      status: command, manifest, model, model.intervention, plan, plan.command, reconcile, store
      status.events: command, manifest, model, model.intervention, model.release, plan, \
          plan.command, policy, reconcile, reconcile.execute, reconcile.observe, status, \
          status.log, store
      status.health: lease, manifest, manifest.document, model, plan, reconcile, \
          reconcile.observe, status, store
      status.log: command, manifest, manifest.document, model, model.intervention, model.release, \
          plan, plan.command, policy, reconcile, reconcile.execute, status, store
      status.metrics: aws.client, command, lease, manifest, manifest.document, model, \
          model.intervention, model.release, plan, plan.command, policy, reconcile, \
          reconcile.execute, reconcile.observe, status, store
      store: model, model.intervention, model.release, plan, plan.command, policy
      tools:
      web.api: access, access.http, lease, manifest, manifest.document, model, model.intervention, \
          model.release, plan, query, reconcile, status, status.events, store, web.api.view, \
          web.cache, web.http
      web.api.command: access, access.http, command, manifest, manifest.document, \
          manifest.reader, model, model.intervention, model.release, plan, plan.command, \
          reconcile.observe, status, store, web.api.view, web.http
      web.api.openapi: web.api, web.api.command, web.http
      web.api.replay: manifest, manifest.document, manifest.reader, model, model.release, plan, \
          plan.replay, policy, policy.gate, query, status, store, web.api.view, web.http
      web.api.view: command, manifest, manifest.document, model, model.intervention, \
          model.release, plan, plan.command, policy, policy.gate, query, reconcile, status, \
          status.events, status.log, store, web.http
      web.board: access, access.http, lease, manifest, model, model.intervention, model.release, \
          plan, policy, query, status, status.events, store, web.api.command, web.api.view, \
          web.board.view, web.cache, web.http
      web.board.view: manifest, manifest.document, model, model.intervention, model.release, plan, \
          policy, policy.gate, query, status, store
      web.cache: status
      web.http: access, access.http, manifest, manifest.document, model, model.intervention, \
          model.release, plan, plan.command, policy, query, reconcile.observe, status, \
          status.events, status.metrics, store
      web.limit: status.metrics, web.http
      """);

  /** The pure core: no framework, no SDK, no logger, no clock. */
  private static final Set<String> PURE =
      Set.of(
          "model",
          "model.release",
          "model.intervention",
          "policy",
          "policy.gate",
          "plan",
          "plan.command",
          "plan.replay");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** The root is one as well. */
  private static final SliceAssignment EACH_PACKAGE =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return type.getPackageName().startsWith(ROOT)
              ? SliceIdentifier.of(type.getPackageName())
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "each package";
        }
      };

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyWhatItsRowAllows(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name, ""), MAY_USE.get(name).stream())
            .map(PackagesTest::full)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(full(name))
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..")
                .and(not(JavaClass.Predicates.resideInAnyPackage(allowed))))
        .check(CODE);
  }

  @Test
  void noPackagesFormACircle() {
    slices().assignedFrom(EACH_PACKAGE).should().beFreeOfCycles().check(CODE);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageIsSmallEnoughToKnow(String name) throws IOException {
    try (var files = Files.list(SOURCES.resolve(name.replace('.', '/')))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(".java") && !file.equals("package-info.java")))
          .hasSizeBetween(1, MOST_CLASSES);
    }
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageSaysWhatLivesThere(String name) throws IOException {
    String info =
        Files.readString(SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java"));
    assertThat(info).startsWith("/**").contains("@NullMarked");
    assertThat(ARCHITECTURE).contains("| `%s` | %s |".formatted(name, firstSentences(info)));
  }

  private static String firstSentences(String info) {
    return info.substring("/**".length(), info.indexOf("*/"))
        .lines()
        .map(line -> line.strip().replaceFirst("^\\*\\s*", ""))
        .filter(line -> !line.isEmpty())
        .collect(joining(" "))
        .strip();
  }

  static Stream<String> packages() {
    return MAY_USE.keySet().stream();
  }

  @Test
  void everyPackageHasARow() {
    assertThat(
            CODE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
  }

  @ParameterizedTest
  @MethodSource("purePackages")
  void theDecisionUsesOnlyTheJdk(String name) {
    noClasses()
        .that()
        .resideInAPackage(full(name))
        .should()
        .dependOnClassesThat(
            not(
                JavaClass.Predicates.resideInAnyPackage(
                    "java..", "org.jspecify.annotations", ROOT + "..")))
        .check(CODE);
  }

  static Stream<String> purePackages() {
    return PURE.stream();
  }

  @Test
  void theDecisionReadsNoClock() {
    var rule =
        noClasses()
            .that()
            .resideInAnyPackage(PURE.stream().map(PackagesTest::full).toArray(String[]::new));
    for (Class<?> clock :
        new Class<?>[] {Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class}) {
      rule.should().callMethod(clock, "now").check(CODE);
    }
    rule.should().dependOnClassesThat().areAssignableTo(Clock.class).check(CODE);
    rule.should().callMethod(System.class, "currentTimeMillis").check(CODE);
    rule.should().callMethod(System.class, "nanoTime").check(CODE);
  }

  @Test
  void theSdkIsUsedByTheAdaptersAlone() {
    noClasses()
        .that(not(resideInAPackage(ROOT + ".aws..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CODE);
  }

  @Test
  void noClassIsNamedForNothing() {
    noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Common)").check(CODE);
  }

  private static Map<String, Set<String>> table(String rows) {
    return rows.lines()
        .filter(row -> !row.isBlank())
        .map(row -> NAME.matcher(row).results().map(MatchResult::group).toList())
        .collect(toMap(List::getFirst, names -> Set.copyOf(names.subList(1, names.size()))));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String full(String name) {
    return name.isEmpty() ? ROOT : ROOT + "." + name;
  }
}
