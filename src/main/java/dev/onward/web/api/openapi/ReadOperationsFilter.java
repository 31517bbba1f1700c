package dev.onward.web.api.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.web.api.PageLimit;
import dev.onward.web.http.ProblemDetail;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds to the OpenAPI document what everything that reads has in common: what its parameters mean,
 * its entity tag, how it can be refused; and the example of its answer, which is a file in {@code
 * examples} named for the operation.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ReadOperationsFilter implements OASFilter {
  private static final Map<String, String> MEANINGS =
      Map.of(
          "project", "The id of a project",
          "environment", "The id of an environment",
          "label", "The name of a label",
          "release", "The id of a release",
          "service", "Only this service",
          "limit", "How many there are on a page at most",
          "cursor", "The next_cursor of the page before; a page goes on where that one ended");

  /** What all who ask have a common share of. */
  private static final Set<String> SHARED =
      Set.of("getLabelHistory", "getEnvironmentHistory", "replay");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(
            path -> {
              Optional.ofNullable(path.getGET()).ifPresent(get -> complete(get, true));
              // What is posted and is no act only reads, too.
              Optional.ofNullable(path.getPOST())
                  .filter(operation -> !CommandOperationsFilter.isAct(operation))
                  .ifPresent(post -> complete(post, false));
            });
  }

  private static void complete(Operation operation, boolean isGet) {
    List<Parameter> parameters = Optional.ofNullable(operation.getParameters()).orElseGet(List::of);
    parameters.forEach(ReadOperationsFilter::describe);
    if (isGet) {
      parameters.stream()
          .filter(it -> it.getName().equals("limit"))
          .forEach(ReadOperationsFilter::limit);
    }
    APIResponses responses = operation.getResponses();
    Optional.ofNullable(responses.getAPIResponse("200"))
        .flatMap(ReadOperationsFilter::json)
        .ifPresent(
            json -> {
              example(operation).ifPresent(json::setExample);
              if (isGet) {
                conditional(operation, responses);
              }
            });
    if (!parameters.isEmpty()) {
      refuse(responses, "400", "Something in the request is no valid id, number or cursor");
    }
    refuse(responses, "401", "Whoever asks has not said who they are, where that is asked for");
    refuse(responses, "403", "Whoever asks may not see this");
    if (SHARED.contains(operation.getOperationId())) {
      refuse(responses, "429", "Too many ask for this at once; Retry-After says when to ask again");
    }
    if (parameters.stream().anyMatch(it -> it.getIn() == Parameter.In.PATH)) {
      refuse(responses, "404", "What it names does not exist, or not for whoever asks");
      refuse(responses, "503", "AWS did not answer, or the project was not looked at yet");
    }
  }

  private static void describe(Parameter parameter) {
    if (parameter.getDescription() == null) {
      parameter.setDescription(MEANINGS.get(parameter.getName()));
    }
  }

  private static void limit(Parameter parameter) {
    parameter.setSchema(
        OASFactory.createSchema()
            .type(List.of(SchemaType.INTEGER))
            .minimum(BigDecimal.ONE)
            .maximum(BigDecimal.valueOf(PageLimit.MOST))
            .defaultValue(PageLimit.DEFAULT));
  }

  private static void conditional(Operation operation, APIResponses responses) {
    operation.addParameter(
        OASFactory.createParameter()
            .name("If-None-Match")
            .in(Parameter.In.HEADER)
            .description("The ETag of an earlier answer: the same one is not sent again")
            .schema(text()));
    responses
        .getAPIResponse("200")
        .addHeader(
            "ETag",
            OASFactory.createHeader()
                .description("Changes whenever the answer does")
                .schema(text()));
    responses.addAPIResponse(
        "304",
        OASFactory.createAPIResponse().description("Nothing has changed since If-None-Match"));
  }

  private static void refuse(APIResponses responses, String status, String when) {
    responses.addAPIResponse(status, problem(when));
  }

  static APIResponse problem(String when) {
    var problem = OASFactory.createSchema().ref("Problem");
    return OASFactory.createAPIResponse()
        .description(when)
        .content(
            OASFactory.createContent()
                .addMediaType(
                    ProblemDetail.MEDIA_TYPE, OASFactory.createMediaType().schema(problem)));
  }

  private static Optional<MediaType> json(APIResponse response) {
    return Optional.ofNullable(response.getContent())
        .map(content -> content.getMediaType(jakarta.ws.rs.core.MediaType.APPLICATION_JSON));
  }

  private static Schema text() {
    return OASFactory.createSchema().type(List.of(SchemaType.STRING));
  }

  private static Optional<Object> example(Operation operation) {
    String name = "examples/" + operation.getOperationId() + ".json";
    try (InputStream file = ReadOperationsFilter.class.getResourceAsStream(name)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new ObjectMapper().readValue(file, Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
