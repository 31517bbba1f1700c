package dev.onward.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of a YAML stream, as somebody would apply them. */
record ClusterObjects(List<ObjectNode> all) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static ClusterObjects of(String yaml) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return new ClusterObjects(
          documents.readAll().stream()
              .filter(ObjectNode.class::isInstance)
              .map(ObjectNode.class::cast)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To be broken. */
  ClusterObjects copy() {
    return new ClusterObjects(all.stream().map(ObjectNode::deepCopy).toList());
  }

  Stream<ObjectNode> ofKind(String kind) {
    return all.stream().filter(object -> object.path("kind").asText().equals(kind));
  }

  /** The only one of its kind. */
  ObjectNode one(String kind) {
    List<ObjectNode> found = ofKind(kind).toList();
    if (found.size() != 1) {
      throw new AssertionError("%d objects of kind %s: %s".formatted(found.size(), kind, names()));
    }
    return found.getFirst();
  }

  Optional<ObjectNode> find(String name) {
    return all.stream().filter(object -> name(object).equals(name)).findFirst();
  }

  List<String> names() {
    return all.stream().map(ClusterObjects::name).sorted().toList();
  }

  /** Kind and name, such as {@code Service onward}. */
  static String name(JsonNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }

  /** Whatever starts containers: the specification of a pod, under the name of its object. */
  Stream<Pod> pods() {
    return Stream.concat(
        ofKind("Deployment").map(o -> new Pod(name(o), o.at("/spec/template"))),
        ofKind("Pod").map(o -> new Pod(name(o), o)));
  }

  /**
   * @param owner the object's kind and name
   * @param template with metadata and spec
   */
  record Pod(String owner, JsonNode template) {
    JsonNode spec() {
      return template.path("spec");
    }

    JsonNode labels() {
      return template.at("/metadata/labels");
    }

    Stream<JsonNode> containers() {
      return Stream.concat(
          spec().path("containers").valueStream(), spec().path("initContainers").valueStream());
    }
  }
}
