package dev.onward.local.ssm;

import java.util.List;
import java.util.Optional;

/** Lists the versions that are kept of one parameter, oldest first, fifty at most at a time. */
final class GetParameterHistory {

  record Request(
      Optional<String> name,
      Optional<Boolean> withDecryption,
      Optional<Integer> maxResults,
      Optional<String> nextToken) {}

  record Response(List<ParameterHistory> parameters, Optional<String> nextToken) {}

  private static final int MAX_RESULTS = 50;

  private final ParameterTable table;

  GetParameterHistory(ParameterTable table) {
    this.table = table;
  }

  Response apply(Request request) {
    new Constraints()
        .required("name", request.name())
        .length("name", request.name(), 1, 2048)
        .range("maxResults", request.maxResults(), 1, MAX_RESULTS)
        .check();
    String key = ParameterReference.parse(request.name().orElseThrow()).key();
    StoredParameter parameter = table.find(key).orElseThrow(SsmErrors::parameterNotFound);
    PageToken token = new PageToken("GetParameterHistory " + key);
    String position = token.position(request.nextToken());
    long after = position.isEmpty() ? 0 : Long.parseLong(position);
    List<ParameterVersion> left =
        parameter.versions().stream().filter(version -> version.version() > after).toList();
    List<ParameterVersion> page =
        left.subList(0, Math.min(left.size(), request.maxResults().orElse(MAX_RESULTS)));
    boolean decrypted = request.withDecryption().orElse(false);
    return new Response(
        page.stream()
            .map(version -> ParameterHistory.of(parameter.name(), version, decrypted))
            .toList(),
        page.size() < left.size()
            ? Optional.of(token.at(Long.toString(page.getLast().version())))
            : Optional.empty());
  }
}
