package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Requester;
import dev.onward.model.release.Deployment;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A deployment as it stands in a release's list. */
public final class DeploymentItem {
  private DeploymentItem() {}

  static Item of(Deployment deployment) {
    return Item.builder()
        .text(ReleaseTable.DEPLOYMENT_ID, deployment.id())
        .text(ReleaseTable.DATE_CREATED, DynamoDates.format(deployment.createdAt()))
        .text(ReleaseTable.DESCRIPTION, deployment.description())
        .map(
            ReleaseTable.ENVIRONMENT,
            named(deployment.environment().value(), deployment.environmentName()))
        .map(ReleaseTable.REQUESTED_BY, of(deployment.requestedBy()))
        .build();
  }

  public static Item of(Requester requester) {
    return named(requester.id(), requester.name());
  }

  /**
   * Empty if the entry names no environment.
   *
   * @param otherwiseAt the date to take if the entry's cannot be read
   */
  static Optional<Deployment> read(AttributeValue value, Instant otherwiseAt) {
    return Item.map(value).flatMap(item -> read(item, otherwiseAt));
  }

  private static Optional<Deployment> read(Item item, Instant otherwiseAt) {
    Optional<Item> environment = item.map(ReleaseTable.ENVIRONMENT);
    Optional<EnvironmentId> id =
        environment
            .flatMap(map -> map.text(ReleaseTable.ID))
            .or(() -> item.text(ReleaseTable.ENVIRONMENT))
            .flatMap(DeploymentItem::environmentId);
    return id.map(
        known ->
            new Deployment(
                item.text(ReleaseTable.DEPLOYMENT_ID).filter(text -> !text.isBlank()),
                item.value(ReleaseTable.DATE_CREATED)
                    .flatMap(DynamoDates::parse)
                    .orElse(otherwiseAt),
                item.text(ReleaseTable.DESCRIPTION).orElse(""),
                known,
                environment.flatMap(map -> map.text(ReleaseTable.NAME)).orElse(known.value()),
                requester(item)));
  }

  /** Whoever {@code requested_by} names: a map, or with the newer old tool a plain string. */
  static Requester requester(Item item) {
    Optional<Item> map = item.map(ReleaseTable.REQUESTED_BY);
    Optional<String> name = map.flatMap(m -> present(m, ReleaseTable.NAME));
    return map.flatMap(m -> present(m, ReleaseTable.ID))
        .or(() -> name)
        .or(() -> present(item, ReleaseTable.REQUESTED_BY))
        .map(id -> new Requester(id, name.orElse(id)))
        .orElse(Requester.UNKNOWN);
  }

  private static Optional<EnvironmentId> environmentId(String text) {
    try {
      return Optional.of(new EnvironmentId(text));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> present(Item item, String name) {
    return item.text(name).filter(text -> !text.isBlank());
  }

  private static Item named(String id, String name) {
    return Item.builder().text(ReleaseTable.ID, id).text(ReleaseTable.NAME, name).build();
  }
}
