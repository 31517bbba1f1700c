package dev.onward.local.ssm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/** SSM's {@code Parameter}: what the reading operations return. It has no description. */
record ParameterShape(
    String name,
    ParameterType type,
    String value,
    long version,
    Optional<String> selector,
    Instant lastModifiedDate,
    @JsonProperty("ARN") String arn,
    String dataType) {

  static ParameterShape of(
      StoredParameter parameter, ParameterVersion version, boolean decrypted, Caller caller) {
    return new ParameterShape(
        parameter.name().value(),
        version.type(),
        SecureValues.seen(version, decrypted),
        version.version(),
        Optional.empty(),
        version.modifiedAt(),
        caller.parameterArn(parameter.name()),
        version.dataType());
  }

  ParameterShape selectedBy(Optional<String> wanted) {
    return new ParameterShape(
        name,
        type,
        value,
        version,
        wanted.map(text -> ":" + text),
        lastModifiedDate,
        arn,
        dataType);
  }
}
