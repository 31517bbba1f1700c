package dev.onward.aws.dynamodb.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A release's manifest as the JSON text in {@code release_manifest}. */
final class ManifestJson {
  private static final String LABEL = "label";
  private static final String PREVIOUS = "previous_release_id";
  private static final String SERVICES = "services";
  private static final String SERVICES_OMITTED = "services_omitted";
  private static final String IMAGE = "image";
  private static final String PARAMETER = "parameter";
  private static final String VERSION = "version";
  private static final String PUBLISHED_AT = "published_at";
  private static final String PUBLISHED_BY = "published_by";

  private static final JsonMapper JSON = new JsonMapper();

  private ManifestJson() {}

  static String write(ReleaseManifest manifest) {
    ObjectNode root = head(manifest);
    ObjectNode services = root.putObject(SERVICES);
    manifest.services().forEach((id, origin) -> put(origin, services.putObject(id.value())));
    return text(root);
  }

  /**
   * For an image set so large that the origins of its images would exceed the item's size limit.
   */
  static String writeWithoutServices(ReleaseManifest manifest) {
    return text(
        head(manifest)
            .put(
                SERVICES_OMITTED,
                "omitted to keep the item under DynamoDB's limit: %s services"
                    .formatted(manifest.services().size())));
  }

  /** Omits what cannot be read; {@link ReleaseManifest#NONE} if nothing can. */
  static ReleaseManifest read(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return ReleaseManifest.NONE;
    }
    var services = new TreeMap<ServiceId, ImageOrigin>();
    root.path(SERVICES)
        .properties()
        .forEach(entry -> read(entry.getKey(), entry.getValue(), services));
    return new ReleaseManifest(label(root.path(LABEL)), previous(root.path(PREVIOUS)), services);
  }

  private static ObjectNode head(ReleaseManifest manifest) {
    ObjectNode root = JSON.createObjectNode();
    manifest.label().ifPresent(label -> root.put(LABEL, label.value()));
    manifest.previous().ifPresent(previous -> root.put(PREVIOUS, previous.value()));
    return root;
  }

  private static void put(ImageOrigin origin, ObjectNode service) {
    service
        .put(IMAGE, origin.image().value())
        .put(PARAMETER, origin.parameter())
        .put(VERSION, origin.version())
        .put(PUBLISHED_AT, origin.publishedAt().toString());
    origin.publishedBy().ifPresent(by -> service.put(PUBLISHED_BY, by));
  }

  private static void read(String id, JsonNode service, Map<ServiceId, ImageOrigin> services) {
    try {
      services.put(
          new ServiceId(id),
          new ImageOrigin(
              new ImageRef(service.path(IMAGE).asText()),
              service.path(PARAMETER).asText(),
              service.path(VERSION).asLong(),
              publishedAt(service.path(PUBLISHED_AT).asText()),
              Optional.ofNullable(service.path(PUBLISHED_BY).textValue())));
    } catch (InvalidValueException | DateTimeException e) {
      // Provenance is for display; no decision depends on an entry that cannot be read.
    }
  }

  private static Instant publishedAt(String text) {
    return DynamoDates.parse(text)
        .orElseThrow(() -> new InvalidValueException(PUBLISHED_AT, text, "a date"));
  }

  private static Optional<Label> label(JsonNode node) {
    try {
      return Optional.ofNullable(node.textValue()).map(Label::new);
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private static Optional<ReleaseId> previous(JsonNode node) {
    try {
      return Optional.ofNullable(node.textValue()).map(ReleaseId::new);
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private static String text(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
    }
  }
}
