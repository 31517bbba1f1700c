package dev.onward.web.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.onward.testing.LocalAwsResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the resources do, and they do what it says. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
class OpenApiIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonNode document;

  @BeforeEach
  void read() throws IOException {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> StorageProject.read(StorageProject.STAGE, "state"), is("in_sync"));
    document = JSON.readTree(given().get("/q/openapi?format=json").asByteArray());
  }

  /** One method of the API, in the document. */
  private record Documented(String path, String verb, JsonNode operation) {
    String name() {
      return verb + " " + path;
    }

    List<String> parameters(String in) {
      var names = new ArrayList<String>();
      for (JsonNode parameter : operation.path("parameters")) {
        if (parameter.path("in").asText().equals(in)) {
          names.add(parameter.path("name").asText());
        }
      }
      return names;
    }

    Optional<String> success() {
      return names(operation.path("responses")).filter(it -> it.startsWith("2")).findFirst();
    }

    JsonNode success(String mediaType) {
      JsonNode content = operation.path("responses").path(success().orElse("")).path("content");
      return content.path(mediaType);
    }
  }

  /** One method of a resource. */
  private record Implemented(String path, String verb, Method method) {
    String name() {
      return verb + " " + path;
    }

    <A extends Annotation> List<String> parameters(Class<A> kind) {
      return Stream.of(method.getParameters())
          .flatMap(it -> Stream.ofNullable(it.getAnnotation(kind)))
          .map(it -> it instanceof PathParam in ? in.value() : ((QueryParam) it).value())
          .toList();
    }
  }

  @Test
  void everyMethodOfEveryResourceIsDocumentedAndNothingElse() {
    assertThat(documented().stream().map(Documented::name))
        .containsExactlyInAnyOrderElementsOf(
            implemented().stream().map(Implemented::name).distinct().toList());
  }

  @Test
  void theImageOfAServiceIsAText() {
    JsonNode schemas = document.path("components").path("schemas");
    JsonNode image =
        schemas
            .path("PublishRequest")
            .path("properties")
            .path("images")
            .path("additionalProperties");
    String reference = image.path("$ref").asText();
    JsonNode schema =
        reference.isEmpty()
            ? image
            : schemas.path(reference.substring(reference.lastIndexOf('/') + 1));
    assertThat(schema.path("type").asText()).as("%s in %s", image, schemas).isEqualTo("string");
    assertThat(schemas.has("ImageRef")).isFalse();
  }

  @Test
  void everyParameterIsDocumented() {
    for (Implemented method : implemented()) {
      Documented documented = documented(method.name());
      assertThat(documented.parameters("path"))
          .as(method.name())
          .containsExactlyInAnyOrderElementsOf(method.parameters(PathParam.class));
      assertThat(documented.parameters("query"))
          .as(method.name())
          .containsExactlyInAnyOrderElementsOf(method.parameters(QueryParam.class));
    }
  }

  @Test
  void everyOperationHasANameOfItsOwnAndSaysWhatItDoes() {
    assertThat(documented().stream().map(it -> it.operation().path("operationId").asText()))
        .doesNotContain("")
        .doesNotHaveDuplicates();
    for (Documented it : documented()) {
      assertThat(it.operation().path("summary").asText()).as(it.name()).isNotBlank();
      assertThat(it.operation().path("tags")).as(it.name()).isNotEmpty();
    }
  }

  @Test
  void everySuccessHasASchemaAndEveryRefusalIsAProblem() {
    for (Documented it : documented()) {
      assertThat(it.success()).as(it.name()).isPresent();
      if (!isStream(it)) {
        assertThat(it.success("application/json").path("schema")).as(it.name()).isNotEmpty();
      }
      names(it.operation().path("responses"))
          .filter(status -> status.startsWith("4") || status.startsWith("5"))
          .forEach(
              status ->
                  assertThat(
                          it.operation()
                              .path("responses")
                              .path(status)
                              .path("content")
                              .path(ProblemDetail.MEDIA_TYPE)
                              .path("schema"))
                      .as(it.name() + " " + status)
                      .isNotEmpty());
      boolean namesSomething = !it.parameters("path").isEmpty();
      if (namesSomething) {
        assertThat(names(it.operation().path("responses"))).as(it.name()).contains("400", "404");
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    var schema = new DocumentedSchema(document);
    for (String reference : document.findValuesAsText("$ref")) {
      assertThat(schema.resolve(reference).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void everyPathAnswersAsItsSchemaSays() throws IOException {
    var schema = new DocumentedSchema(document);
    String release =
        StorageProject.get("/projects/storage").extract().path("labels[0].newest_release.id");
    for (Documented it : documented()) {
      if (!it.verb().equals("GET") || isStream(it)) {
        continue;
      }
      String path =
          it.path()
              .replace("{project}", "storage")
              .replace("{environment}", "stage")
              .replace("{label}", "latest")
              .replace("{release}", release);
      Response answer = given().queryParam("from", "latest").queryParam("to", "prod").get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.header("ETag")).as(path).isNotBlank();
      JsonNode expected = it.success("application/json").path("schema");
      assertThat(schema.violations(expected, JSON.readTree(answer.asByteArray())))
          .as(path)
          .isEmpty();
    }
  }

  @Test
  void everyAnswerThatIsReadHasAnExampleThatIsOne() {
    var schema = new DocumentedSchema(document);
    for (Documented it : documented()) {
      if (!it.verb().equals("GET") || isStream(it)) {
        continue;
      }
      JsonNode json = it.success("application/json");
      assertThat(json.path("example")).as(it.name()).isNotEmpty();
      assertThat(schema.violations(json.path("schema"), json.path("example")))
          .as(it.name())
          .isEmpty();
    }
  }

  private static boolean isStream(Documented it) {
    return it.success("text/event-stream").isObject();
  }

  private Documented documented(String name) {
    return documented().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private List<Documented> documented() {
    var all = new ArrayList<Documented>();
    JsonNode paths = document.path("paths");
    names(paths)
        .filter(path -> path.startsWith(StorageProject.API) && !path.endsWith("/breaks"))
        .forEach(
            path ->
                names(paths.path(path))
                    .filter(verb -> paths.path(path).path(verb).has("responses"))
                    .forEach(
                        verb ->
                            all.add(
                                new Documented(
                                    path,
                                    verb.toUpperCase(Locale.ROOT),
                                    paths.path(path).path(verb)))));
    return all;
  }

  private static List<Implemented> implemented() {
    var all = new ArrayList<Implemented>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.onward")
            .stream()
            .filter(it -> it.isAnnotatedWith(Path.class))
            .map(it -> it.reflect())
            .filter(it -> it.getAnnotation(Path.class).value().startsWith(StorageProject.API))
            .forEach(
                resource ->
                    Stream.of(resource.getDeclaredMethods())
                        .forEach(
                            method ->
                                verb(method).ifPresent(v -> all.add(of(resource, method, v)))));
    return all;
  }

  private static Implemented of(Class<?> resource, Method method, String verb) {
    var own = Optional.ofNullable(method.getAnnotation(Path.class)).map(Path::value).orElse("");
    return new Implemented(resource.getAnnotation(Path.class).value() + own, verb, method);
  }

  private static Optional<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .flatMap(it -> Stream.ofNullable(it.annotationType().getAnnotation(HttpMethod.class)))
        .map(HttpMethod::value)
        .findFirst();
  }

  private static Stream<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names.stream();
  }
}
