package dev.onward.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, as docs/architecture.md draws them. */
class PackagesTest {
  private static final String ROOT = "dev.onward";
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void modelUsesOnlyTheJdk() {
    onlyUses("model");
  }

  @Test
  void policyUsesOnlyModel() {
    onlyUses("policy", "model");
  }

  @Test
  void planUsesOnlyModelAndPolicy() {
    onlyUses("plan", "model", "policy");
  }

  @Test
  void manifestKnowsNothingOfReconciling() {
    mayUseOfOurs("manifest", "model", "policy", "plan");
  }

  @Test
  void reconcileKnowsNoAdapterAndNoFace() {
    mayUseOfOurs("reconcile", "", "model", "policy", "plan", "manifest");
  }

  @Test
  void awsSeesOnlyTheModelTheActionsAndThePorts() {
    mayUseOfOurs("aws", "", "model", "plan", "reconcile");
  }

  @Test
  void probeSeesOnlyThePolicyAndItsPort() {
    mayUseOfOurs("probe", "", "policy", "reconcile");
  }

  @Test
  void statusKnowsNoAdapterAndNoApi() {
    mayUseOfOurs("status", "", "model", "policy", "plan", "manifest", "reconcile", "aws");
  }

  @Test
  void queryKnowsNoAdapterAndNoFace() {
    mayUseOfOurs("query", "model", "plan", "reconcile", "status");
  }

  @Test
  void theApiKnowsNoAdapter() {
    mayUseOfOurs(
        "api", "", "model", "policy", "plan", "manifest", "reconcile", "status", "access", "query");
  }

  @Test
  void theBoardActsAsTheApiDoes() {
    mayUseOfOurs(
        "board",
        "",
        "model",
        "policy",
        "plan",
        "manifest",
        "reconcile",
        "status",
        "access",
        "query",
        "api");
  }

  @Test
  void accessKnowsNothingOfWhatIsAskedFor() {
    mayUseOfOurs("access", "", "model");
  }

  @Test
  void noPackagesFormACircle() {
    slices().matching("dev.onward.(*)..").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void theSdkIsUsedByTheAdaptersAlone() {
    noClasses()
        .that(not(resideInAPackage("dev.onward.aws..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CODE);
  }

  @Test
  void theDecisionReadsNoClock() {
    var rule = noClasses().that().resideInAnyPackage(pure());
    for (Class<?> clock :
        new Class<?>[] {Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class}) {
      rule.should().callMethod(clock, "now").check(CODE);
    }
    rule.should().dependOnClassesThat().areAssignableTo(Clock.class).check(CODE);
    rule.should().callMethod(System.class, "currentTimeMillis").check(CODE);
    rule.should().callMethod(System.class, "nanoTime").check(CODE);
  }

  @Test
  void noClassIsNamedForNothing() {
    noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Common)").check(CODE);
  }

  private static String[] pure() {
    return new String[] {"dev.onward.model..", "dev.onward.policy..", "dev.onward.plan.."};
  }

  private static void onlyUses(String name, String... others) {
    classes()
        .that()
        .resideInAPackage(inPackage(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of("java..", "org.jspecify.annotations", inPackage(name)),
                    Arrays.stream(others).map(PackagesTest::inPackage))
                .toArray(String[]::new))
        .check(CODE);
  }

  private static void mayUseOfOurs(String name, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(name), Arrays.stream(others))
            .map(PackagesTest::inPackage)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(inPackage(name))
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.onward..")
                .and(not(JavaClass.Predicates.resideInAnyPackage(allowed))))
        .check(CODE);
  }

  private static String inPackage(String name) {
    return name.isEmpty() ? ROOT : ROOT + "." + name + "..";
  }
}
