package dev.onward.local.ssm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SSM's {@code ParameterMetadata}: what DescribeParameters returns, all but the value. */
record ParameterMetadata(
    String name,
    @JsonProperty("ARN") String arn,
    ParameterType type,
    Optional<String> keyId,
    Instant lastModifiedDate,
    String lastModifiedUser,
    Optional<String> description,
    Optional<String> allowedPattern,
    long version,
    Tier tier,
    List<String> policies,
    String dataType) {

  static ParameterMetadata of(StoredParameter parameter, Caller caller) {
    ParameterVersion latest = parameter.latest();
    return new ParameterMetadata(
        parameter.name().value(),
        caller.parameterArn(parameter.name()),
        latest.type(),
        latest.keyId(),
        latest.modifiedAt(),
        latest.modifiedBy(),
        latest.description(),
        latest.allowedPattern(),
        latest.version(),
        latest.tier(),
        List.of(),
        latest.dataType());
  }
}
