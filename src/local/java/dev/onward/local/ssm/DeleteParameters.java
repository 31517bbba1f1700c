package dev.onward.local.ssm;

import dev.onward.local.http.AwsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes one parameter, or up to ten, with all their versions. */
final class DeleteParameters {

  record OneRequest(Optional<String> name) {}

  record Request(Optional<List<String>> names) {}

  record Response(List<String> deletedParameters, List<String> invalidParameters) {}

  private final ParameterTable table;

  DeleteParameters(ParameterTable table) {
    this.table = table;
  }

  Map<String, String> applyToOne(OneRequest request) {
    new Constraints()
        .required("name", request.name())
        .length("name", request.name(), 1, 2048)
        .check();
    ParameterName name = ParameterName.parse(request.name().orElseThrow());
    if (table.remove(name.key()).isEmpty()) {
      throw SsmErrors.parameterNotFound();
    }
    return Map.of();
  }

  Response apply(Request request) {
    new Constraints()
        .required("names", request.names())
        .size("names", request.names(), 1, 10)
        .check();
    List<String> deleted = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String name : new LinkedHashSet<>(request.names().orElseThrow())) {
      (isDeleted(name) ? deleted : invalid).add(name);
    }
    return new Response(deleted, invalid);
  }

  private boolean isDeleted(String name) {
    try {
      return table.remove(ParameterName.parse(name).key()).isPresent();
    } catch (AwsException malformed) {
      return false;
    }
  }
}
