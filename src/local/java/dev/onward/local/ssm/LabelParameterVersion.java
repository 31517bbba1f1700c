package dev.onward.local.ssm;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Attaches labels to one version of a parameter; a label that another version has moves. */
final class LabelParameterVersion {

  record Request(
      Optional<String> name, Optional<Long> parameterVersion, Optional<List<String>> labels) {}

  record Response(List<String> invalidLabels, long parameterVersion) {}

  private static final int MAX_LABELS = 10;
  private static final Predicate<String> VALID =
      Pattern.compile("(?!\\d|(?i:aws|ssm))[a-zA-Z0-9._-]{1,100}").asMatchPredicate();

  private final ParameterTable table;

  LabelParameterVersion(ParameterTable table) {
    this.table = table;
  }

  Response apply(Request request) {
    new Constraints()
        .required("name", request.name())
        .length("name", request.name(), 1, 2048)
        .required("labels", request.labels())
        .size("labels", request.labels(), 1, MAX_LABELS)
        .check();
    Map<Boolean, List<String>> labels =
        request.labels().orElseThrow().stream()
            .distinct()
            .collect(Collectors.partitioningBy(VALID));
    ParameterName name = ParameterName.parse(request.name().orElseThrow());
    long[] labelled = new long[1];
    table.update(
        name,
        before -> {
          StoredParameter parameter = before.orElseThrow(SsmErrors::parameterNotFound);
          ParameterVersion version = find(parameter, request.parameterVersion());
          labelled[0] = version.version();
          return label(parameter, version, labels.getOrDefault(true, List.of()));
        });
    return new Response(labels.getOrDefault(false, List.of()), labelled[0]);
  }

  private static ParameterVersion find(StoredParameter parameter, Optional<Long> wanted) {
    return wanted
        .map(
            number ->
                parameter
                    .version(number)
                    .orElseThrow(
                        () ->
                            SsmErrors.versionNotFound(number.toString(), parameter.name().value())))
        .orElseGet(parameter::latest);
  }

  private static StoredParameter label(
      StoredParameter parameter, ParameterVersion version, List<String> labels) {
    Set<String> all = new LinkedHashSet<>(version.labels());
    all.addAll(labels);
    if (all.size() > MAX_LABELS) {
      throw SsmErrors.tooManyLabels();
    }
    return parameter.moveLabels(labels, version.withLabels(List.copyOf(all)));
  }
}
