package dev.onward.aws;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The operations of AWS that Onward's code calls, as the permissions that they need. Only the
 * adapters know AWS: {@code PackagesTest} holds that.
 */
public record CalledOperations(Set<String> names) {
  private static final Map<Class<?>, String> CLIENTS =
      Map.of(SsmClient.class, "ssm", DynamoDbClient.class, "dynamodb");

  /** A transaction needs what its parts need. */
  private static final Map<String, String> PARTS =
      Map.of(
          "put", "PutItem",
          "update", "UpdateItem",
          "delete", "DeleteItem",
          "conditionCheck", "ConditionCheckItem");

  /** What is no request. */
  private static final Set<String> LOCAL = Set.of("serviceClientConfiguration", "close", "builder");

  public CalledOperations {
    names = Set.copyOf(names);
  }

  public static CalledOperations find() {
    JavaClasses code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.onward.aws");
    return new CalledOperations(
        code.stream()
            .flatMap(CalledOperations::targets)
            .flatMap(CalledOperations::action)
            .collect(Collectors.toSet()));
  }

  private static Stream<AccessTarget.CodeUnitAccessTarget> targets(JavaClass type) {
    return Stream.concat(
        type.getCodeUnitCallsFromSelf().stream().map(call -> call.getTarget()),
        type.getCodeUnitReferencesFromSelf().stream().map(reference -> reference.getTarget()));
  }

  private static Stream<String> action(AccessTarget.CodeUnitAccessTarget target) {
    JavaClass owner = target.getOwner();
    String name = target.getName();
    for (var client : CLIENTS.entrySet()) {
      if (owner.isEquivalentTo(client.getKey())) {
        return actionOf(client.getValue(), name);
      }
    }
    if (owner.isEquivalentTo(TransactWriteItem.Builder.class) && PARTS.containsKey(name)) {
      return Stream.of("dynamodb:" + PARTS.get(name));
    }
    return owner.isEquivalentTo(StsAssumeRoleCredentialsProvider.class)
        ? Stream.of("sts:AssumeRole")
        : Stream.empty();
  }

  private static Stream<String> actionOf(String service, String method) {
    if (LOCAL.contains(method) || method.equals("transactWriteItems")) {
      return Stream.empty();
    }
    String operation = method.replaceAll("Paginator$", "");
    return Stream.of(
        service
            + ":"
            + operation.substring(0, 1).toUpperCase(Locale.ROOT)
            + operation.substring(1));
  }
}
