package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.RequesterItem;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.release.Deployment;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A deployment in the list of its release. */
final class DeploymentItem {
  private DeploymentItem() {}

  static Item of(Deployment deployment) {
    return Item.builder()
        .text(ReleaseTable.DEPLOYMENT_ID, deployment.id())
        .text(ReleaseTable.DATE_CREATED, DynamoDates.format(deployment.createdAt()))
        .text(ReleaseTable.DESCRIPTION, deployment.description())
        .map(
            ReleaseTable.ENVIRONMENT,
            Item.builder()
                .text(ReleaseTable.ENVIRONMENT_ID, deployment.environment().value())
                .text(ReleaseTable.ENVIRONMENT_NAME, deployment.environmentName())
                .build())
        .map(ReleaseTable.REQUESTED_BY, RequesterItem.of(deployment.requestedBy()))
        .build();
  }

  /**
   * Empty if the entry names no environment.
   *
   * @param otherwiseAt the date to use if the entry's cannot be read
   */
  static Optional<Deployment> read(AttributeValue value, Instant otherwiseAt) {
    return Item.map(value).flatMap(item -> read(item, otherwiseAt));
  }

  private static Optional<Deployment> read(Item item, Instant otherwiseAt) {
    Optional<Item> environment = item.map(ReleaseTable.ENVIRONMENT);
    Optional<EnvironmentId> id =
        environment
            .flatMap(map -> map.text(ReleaseTable.ENVIRONMENT_ID))
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
                environment
                    .flatMap(map -> map.text(ReleaseTable.ENVIRONMENT_NAME))
                    .orElse(known.value()),
                RequesterItem.read(item, ReleaseTable.REQUESTED_BY)));
  }

  private static Optional<EnvironmentId> environmentId(String text) {
    try {
      return Optional.of(new EnvironmentId(text));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }
}
