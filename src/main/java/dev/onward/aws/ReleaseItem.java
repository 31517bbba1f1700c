package dev.onward.aws;

import dev.onward.model.Deployment;
import dev.onward.model.ImageRef;
import dev.onward.model.ImageSet;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.model.ReleaseManifest;
import dev.onward.model.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A release as an item of the releases table.
 *
 * <p>What it writes, the old tool can read and print: no attribute is a number, at any depth, for
 * Python's {@code json.dumps} knows no {@code Decimal}. It reads what any version of the old tool
 * wrote; only an item without an id, a project or valid images is no release.
 */
final class ReleaseItem {
  private ReleaseItem() {}

  static Item of(Release release) {
    return of(release, ManifestJson.write(release.manifest()));
  }

  /** Says less of where the images came from, so as to be smaller. */
  static Item withoutOrigins(Release release) {
    return of(release, ManifestJson.writeWithoutServices(release.manifest()));
  }

  private static Item of(Release release, String manifest) {
    var images = Item.builder();
    release.images().images().forEach((id, image) -> images.text(id.value(), image.value()));
    return Item.builder()
        .text(ReleaseTable.RELEASE_ID, release.id().value())
        .text(ReleaseTable.PROJECT_ID, release.project().value())
        .text(ReleaseTable.PROJECT_NAME, release.projectName())
        .text(ReleaseTable.DATE_CREATED, ReleaseDates.format(release.createdAt()))
        .text(ReleaseTable.CREATED_AT, Long.toString(release.createdAt().getEpochSecond()))
        .text(ReleaseTable.LAST_DATE_DEPLOYED, release.lastDeployedAt().map(ReleaseDates::format))
        .text(ReleaseTable.DESCRIPTION, release.description())
        .map(ReleaseTable.REQUESTED_BY, DeploymentItem.of(release.requestedBy()))
        .map(ReleaseTable.IMAGES, images.build())
        .text(ReleaseTable.RELEASE_MANIFEST, manifest)
        .list(
            ReleaseTable.DEPLOYMENTS,
            release.deployments().stream().map(DeploymentItem::of).toList())
        .build();
  }

  /** Throws {@link InvalidValueException} if the item is no release. */
  static Release read(Item item) {
    Instant createdAt = createdAt(item);
    String project = item.text(ReleaseTable.PROJECT_ID).orElse("");
    return new Release(
        new ReleaseId(item.text(ReleaseTable.RELEASE_ID).orElse("")),
        new ProjectId(project),
        item.text(ReleaseTable.PROJECT_NAME).orElse(project),
        createdAt,
        item.value(ReleaseTable.LAST_DATE_DEPLOYED).flatMap(ReleaseDates::parse),
        item.text(ReleaseTable.DESCRIPTION).orElse(""),
        DeploymentItem.requester(item),
        images(item),
        item.text(ReleaseTable.RELEASE_MANIFEST)
            .map(ManifestJson::read)
            .orElse(ReleaseManifest.NONE),
        deployments(item, createdAt));
  }

  private static Instant createdAt(Item item) {
    return item.value(ReleaseTable.DATE_CREATED)
        .flatMap(ReleaseDates::parse)
        .or(() -> item.value(ReleaseTable.CREATED_AT).flatMap(ReleaseDates::parse))
        .orElse(Instant.EPOCH);
  }

  private static ImageSet images(Item item) {
    var images = new TreeMap<ServiceId, ImageRef>();
    item.map(ReleaseTable.IMAGES)
        .ifPresent(
            map ->
                map.attributes()
                    .forEach(
                        (id, image) ->
                            images.put(
                                new ServiceId(id),
                                new ImageRef(Optional.ofNullable(image.s()).orElse("")))));
    return new ImageSet(images);
  }

  private static List<Deployment> deployments(Item item, Instant otherwiseAt) {
    List<AttributeValue> entries = item.list(ReleaseTable.DEPLOYMENTS).orElse(List.of());
    return entries.stream()
        .flatMap(entry -> DeploymentItem.read(entry, otherwiseAt).stream())
        .toList();
  }
}
