package dev.onward.local.ssm;

import dev.onward.local.http.AwsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Reads up to ten parameters by name; those that cannot be had are listed, not an error. */
final class GetParameters {

  record Request(Optional<List<String>> names, Optional<Boolean> withDecryption) {}

  record Response(List<ParameterShape> parameters, List<String> invalidParameters) {}

  private final ParameterTable table;

  GetParameters(ParameterTable table) {
    this.table = table;
  }

  Response apply(Request request, Caller caller) {
    new Constraints()
        .required("names", request.names())
        .size("names", request.names(), 1, 10)
        .check();
    List<ParameterShape> found = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String name : new LinkedHashSet<>(request.names().orElseThrow())) {
      find(name, request.withDecryption().orElse(false), caller)
          .ifPresentOrElse(found::add, () -> invalid.add(name));
    }
    return new Response(found, invalid);
  }

  private Optional<ParameterShape> find(String name, boolean decrypted, Caller caller) {
    ParameterReference reference;
    try {
      reference = ParameterReference.parse(name);
    } catch (AwsException malformed) {
      return Optional.empty();
    }
    return table
        .find(reference.key())
        .flatMap(
            parameter ->
                reference
                    .in(parameter)
                    .map(version -> ParameterShape.of(parameter, version, decrypted, caller)))
        .map(shape -> shape.selectedBy(reference.selector()));
  }
}
