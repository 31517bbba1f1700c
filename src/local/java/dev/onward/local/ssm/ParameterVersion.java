package dev.onward.local.ssm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One version of a parameter.
 *
 * @param modifiedBy the ARN of who wrote it
 * @param labels SSM's own labels of versions; no relation to the label under which builds publish
 */
record ParameterVersion(
    long version,
    ParameterType type,
    String value,
    Optional<String> description,
    Optional<String> keyId,
    Optional<String> allowedPattern,
    Tier tier,
    String dataType,
    Instant modifiedAt,
    String modifiedBy,
    List<String> labels) {

  ParameterVersion {
    labels = List.copyOf(labels);
  }

  ParameterVersion withLabels(List<String> newLabels) {
    return new ParameterVersion(
        version,
        type,
        value,
        description,
        keyId,
        allowedPattern,
        tier,
        dataType,
        modifiedAt,
        modifiedBy,
        newLabels);
  }

  ParameterVersion withoutLabels(List<String> gone) {
    List<String> left = new ArrayList<>(labels);
    return left.removeAll(gone) ? withLabels(left) : this;
  }
}
