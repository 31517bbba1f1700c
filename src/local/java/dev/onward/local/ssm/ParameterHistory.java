package dev.onward.local.ssm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SSM's {@code ParameterHistory}: one version of a parameter, with who wrote it and why. */
record ParameterHistory(
    String name,
    ParameterType type,
    Optional<String> keyId,
    Instant lastModifiedDate,
    String lastModifiedUser,
    Optional<String> description,
    String value,
    Optional<String> allowedPattern,
    long version,
    List<String> labels,
    Tier tier,
    List<String> policies,
    String dataType) {

  static ParameterHistory of(ParameterName name, ParameterVersion version, boolean decrypted) {
    return new ParameterHistory(
        name.value(),
        version.type(),
        version.keyId(),
        version.modifiedAt(),
        version.modifiedBy(),
        version.description(),
        SecureValues.seen(version, decrypted),
        version.allowedPattern(),
        version.version(),
        version.labels(),
        version.tier(),
        List.of(),
        version.dataType());
  }
}
