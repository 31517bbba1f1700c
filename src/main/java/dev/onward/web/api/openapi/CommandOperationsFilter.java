package dev.onward.web.api.openapi;

import dev.onward.web.api.command.CommandRequests;
import dev.onward.web.http.IdempotentRequest;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds to the OpenAPI document what all acts have in common: that each can be tried without doing
 * it, and how each can be refused. An act is what takes {@value CommandRequests#DRY_RUN}.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class CommandOperationsFilter implements OASFilter {
  private static final Map<String, String> REFUSALS = new LinkedHashMap<>();

  static {
    REFUSALS.put("400", "Something in the request is wrong; errors names all of it");
    REFUSALS.put("403", "The caller may not act");
    REFUSALS.put("404", "What it names does not exist");
    REFUSALS.put("409", "It contradicts what stands, gates hold it, or somebody else was faster");
    REFUSALS.put("413", "The body is larger than 64 KB");
    REFUSALS.put("415", "The body is not said to be JSON");
    REFUSALS.put("422", "Something else was asked with this Idempotency-Key");
    REFUSALS.put("503", "It was not done, or nobody knows whether it was; the detail says which");
  }

  @Override
  public Operation filterOperation(Operation operation) {
    dryRun(operation)
        .ifPresent(
            parameter -> {
              describe(parameter);
              operation.addParameter(key());
              operation.getRequestBody().setRequired(true);
              REFUSALS.forEach((status, when) -> refuse(operation.getResponses(), status, when));
            });
    return operation;
  }

  static boolean isAct(Operation operation) {
    return dryRun(operation).isPresent();
  }

  private static Optional<Parameter> dryRun(Operation operation) {
    List<Parameter> parameters = Optional.ofNullable(operation.getParameters()).orElseGet(List::of);
    return parameters.stream()
        .filter(parameter -> CommandRequests.DRY_RUN.equals(parameter.getName()))
        .findFirst();
  }

  private static void describe(Parameter parameter) {
    parameter.setDescription("Only say what would come of it: nothing is written");
    parameter.setSchema(
        OASFactory.createSchema().type(List.of(SchemaType.BOOLEAN)).defaultValue(false));
  }

  private static Parameter key() {
    return OASFactory.createParameter()
        .in(Parameter.In.HEADER)
        .name(IdempotentRequest.HEADER)
        .description(
            "1 to 128 printable ASCII characters without spaces: whoever asks the same again with it"
                + " within a day is answered the same, and it is done once")
        .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING)));
  }

  private static void refuse(APIResponses responses, String status, String when) {
    responses.addAPIResponse(status, ReadOperationsFilter.problem(when));
  }
}
