package dev.onward.local.ssm;

import java.util.Optional;

/** Reads one parameter, by name or ARN, its latest version or the one selected. */
final class GetParameter {

  record Request(Optional<String> name, Optional<Boolean> withDecryption) {}

  record Response(ParameterShape parameter) {}

  private final ParameterTable table;

  GetParameter(ParameterTable table) {
    this.table = table;
  }

  Response apply(Request request, Caller caller) {
    new Constraints()
        .required("name", request.name())
        .length("name", request.name(), 1, 2048)
        .check();
    ParameterReference reference = ParameterReference.parse(request.name().orElseThrow());
    StoredParameter parameter =
        table.find(reference.key()).orElseThrow(SsmErrors::parameterNotFound);
    ParameterVersion version =
        reference
            .in(parameter)
            .orElseThrow(
                () ->
                    SsmErrors.versionNotFound(
                        reference.selector().orElse(""), parameter.name().value()));
    return new Response(
        ParameterShape.of(parameter, version, request.withDecryption().orElse(false), caller)
            .selectedBy(reference.selector()));
  }
}
