package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.RequesterItem;
import dev.onward.model.InvalidValueException;
import dev.onward.model.PrintableText;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.ReleaseStore.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A release as an item of the releases table.
 *
 * <p>The older tool can read and print everything that is written: no attribute is a number, at any
 * depth, because Python's {@code json.dumps} cannot serialise {@code Decimal}. Items written by any
 * version of the older tool can be read; only an item without an id, a project or valid images is
 * not a release.
 */
public final class ReleaseItem {
  /** Characters of an invalid service name that are shown. */
  private static final int SHOWN = 120;

  private ReleaseItem() {}

  public static Item of(Release release) {
    return of(release, ManifestJson.write(release.manifest()));
  }

  /** A smaller item that omits the origins of the images. */
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
        .text(ReleaseTable.DATE_CREATED, DynamoDates.format(release.createdAt()))
        .text(ReleaseTable.CREATED_AT, Long.toString(release.createdAt().getEpochSecond()))
        .text(ReleaseTable.LAST_DATE_DEPLOYED, release.lastDeployedAt().map(DynamoDates::format))
        .text(ReleaseTable.DESCRIPTION, release.description())
        .map(ReleaseTable.REQUESTED_BY, RequesterItem.of(release.requestedBy()))
        .map(ReleaseTable.IMAGES, images.build())
        .text(ReleaseTable.RELEASE_MANIFEST, manifest)
        .list(
            ReleaseTable.DEPLOYMENTS,
            release.deployments().stream().map(DeploymentItem::of).toList())
        .build();
  }

  /** Throws {@link InvalidValueException} if the item is not a release. */
  public static Release read(Item item) {
    var refused = new ArrayList<Refused>();
    Release release = read(item, refused);
    if (!refused.isEmpty()) {
      throw refused.getFirst().why();
    }
    return release;
  }

  /**
   * For display: omits the images and deployments that cannot be read, and names them. Throws
   * {@link InvalidValueException} if the item has no id or no project.
   */
  static PartialRelease readPartially(Item item) {
    var refused = new ArrayList<Refused>();
    Release release = read(item, refused);
    var unreadable = new ArrayList<Unreadable>();
    refused.forEach(
        it ->
            unreadable.add(
                new Unreadable(it.place(), it.service(), String.valueOf(it.why().getMessage()))));
    List<AttributeValue> entries = item.list(ReleaseTable.DEPLOYMENTS).orElse(List.of());
    for (int i = 0; i < entries.size(); i++) {
      if (DeploymentItem.read(entries.get(i), Instant.EPOCH).isEmpty()) {
        unreadable.add(
            new Unreadable(
                "deployments[%s]".formatted(i), Optional.empty(), "it names no environment"));
      }
    }
    return new PartialRelease(release, unreadable);
  }

  private static Release read(Item item, List<Refused> refused) {
    Instant createdAt = createdAt(item);
    String project = item.text(ReleaseTable.PROJECT_ID).orElse("");
    return new Release(
        new ReleaseId(item.text(ReleaseTable.RELEASE_ID).orElse("")),
        new ProjectId(project),
        item.text(ReleaseTable.PROJECT_NAME).orElse(project),
        createdAt,
        item.value(ReleaseTable.LAST_DATE_DEPLOYED).flatMap(DynamoDates::parse),
        item.text(ReleaseTable.DESCRIPTION).orElse(""),
        RequesterItem.read(item, ReleaseTable.REQUESTED_BY),
        images(item, refused),
        item.text(ReleaseTable.RELEASE_MANIFEST)
            .map(ManifestJson::read)
            .orElse(ReleaseManifest.NONE),
        deployments(item, createdAt));
  }

  private static Instant createdAt(Item item) {
    return item.value(ReleaseTable.DATE_CREATED)
        .flatMap(DynamoDates::parse)
        .or(() -> item.value(ReleaseTable.CREATED_AT).flatMap(DynamoDates::parse))
        .orElse(Instant.EPOCH);
  }

  private static ImageSet images(Item item, List<Refused> refused) {
    var images = new TreeMap<ServiceId, ImageRef>();
    Optional<AttributeValue> attribute = item.value(ReleaseTable.IMAGES);
    if (attribute.isPresent() && !attribute.get().hasM()) {
      refused.add(
          new Refused(
              ReleaseTable.IMAGES,
              Optional.empty(),
              new InvalidValueException("images", described(attribute.get()), "a map by service")));
    }
    for (var entry : attribute.map(AttributeValue::m).orElse(Map.of()).entrySet()) {
      Optional<ServiceId> service = Optional.empty();
      try {
        var id = new ServiceId(entry.getKey());
        service = Optional.of(id);
        images.put(id, new ImageRef(described(entry.getValue())));
      } catch (InvalidValueException e) {
        String place = ReleaseTable.IMAGES + "." + PrintableText.of(entry.getKey(), SHOWN);
        refused.add(new Refused(place, service, e));
      }
    }
    return new ImageSet(images);
  }

  private record Refused(String place, Optional<ServiceId> service, InvalidValueException why) {}

  /** A text unchanged; for any other type, a description that cannot be mistaken for an image. */
  private static String described(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> "(the number " + value.n() + ")";
      default -> "(a value of type " + value.type() + ")";
    };
  }

  private static List<Deployment> deployments(Item item, Instant otherwiseAt) {
    List<AttributeValue> entries = item.list(ReleaseTable.DEPLOYMENTS).orElse(List.of());
    return entries.stream()
        .flatMap(entry -> DeploymentItem.read(entry, otherwiseAt).stream())
        .toList();
  }
}
