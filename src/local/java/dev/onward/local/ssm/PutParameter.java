package dev.onward.local.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.local.http.AwsException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Creates a parameter or gives it a new version. There is no compare-and-set, as in AWS. */
final class PutParameter {

  record Request(
      Optional<String> name,
      Optional<String> value,
      Optional<String> type,
      Optional<String> description,
      Optional<Boolean> overwrite,
      Optional<String> keyId,
      Optional<String> allowedPattern,
      Optional<String> tier,
      Optional<String> dataType,
      Optional<List<JsonNode>> tags,
      Optional<String> policies) {

    /** Writes a String parameter, new or not. */
    static Request ofString(String name, String value, String description) {
      return new Request(
          Optional.of(name),
          Optional.of(value),
          Optional.of("String"),
          Optional.of(description),
          Optional.of(true),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  record Response(long version, Tier tier) {}

  private static final Set<String> DATA_TYPES =
      Set.of("text", "aws:ec2:image", "aws:ssm:integration");
  private static final Pattern NESTED_PARAMETER = Pattern.compile("\\{\\{.*}}", Pattern.DOTALL);

  private final ParameterTable table;
  private final InstantSource clock;
  private final OptionalInt standardQuota;

  PutParameter(ParameterTable table, InstantSource clock, OptionalInt standardQuota) {
    this.table = table;
    this.clock = clock;
    this.standardQuota = standardQuota;
  }

  Response apply(Request request, Caller caller) {
    check(request);
    ParameterName name = ParameterName.parse(request.name().orElseThrow());
    if (caller.parameterArn(name).length() > ParameterName.MAX_ARN_LENGTH) {
      throw SsmErrors.nameTooLong();
    }
    StoredParameter written =
        table.update(
            name,
            before -> {
              if (before.isPresent() && !request.overwrite().orElse(false)) {
                throw SsmErrors.alreadyExists();
              }
              Optional<ParameterVersion> previous = before.map(StoredParameter::latest);
              ParameterVersion version = version(request, previous, caller);
              return before
                  .map(parameter -> addVersion(parameter, version))
                  .orElseGet(() -> new StoredParameter(name, List.of(version)));
            });
    return new Response(written.latest().version(), written.latest().tier());
  }

  private static void check(Request request) {
    new Constraints()
        .required("name", request.name())
        .length("name", request.name(), 1, 2048)
        .required("value", request.value())
        .sensitiveLength("value", request.value(), 1)
        .length("description", request.description(), 0, 1024)
        .oneOf("type", request.type(), ParameterType.WIRE_NAMES)
        .length("keyId", request.keyId(), 1, 256)
        .length("allowedPattern", request.allowedPattern(), 0, 1024)
        .oneOf("tier", request.tier(), Tier.WIRE_NAMES)
        .check();
    if (!request.tags().orElse(List.of()).isEmpty() || request.policies().isPresent()) {
      throw AwsException.validation("The local SSM keeps no tags and no parameter policies.");
    }
    if (NESTED_PARAMETER.matcher(request.value().orElseThrow()).find()) {
      throw SsmErrors.nestedParameter();
    }
    request
        .dataType()
        .filter(dataType -> !DATA_TYPES.contains(dataType))
        .ifPresent(
            dataType -> {
              throw SsmErrors.badDataType(dataType);
            });
  }

  /** What a request leaves out stays as it is in the previous version. */
  private ParameterVersion version(
      Request request, Optional<ParameterVersion> previous, Caller caller) {
    ParameterType type = type(request, previous);
    String value = request.value().orElseThrow();
    Optional<String> allowedPattern =
        request.allowedPattern().or(() -> previous.flatMap(ParameterVersion::allowedPattern));
    allowedPattern.ifPresent(pattern -> checkAgainst(pattern, value));
    Optional<String> keyId =
        request
            .keyId()
            .or(() -> previous.flatMap(ParameterVersion::keyId))
            .or(() -> SecureValues.defaultKey(type));
    return new ParameterVersion(
        previous.map(ParameterVersion::version).orElse(0L) + 1,
        type,
        value,
        request.description().or(() -> previous.flatMap(ParameterVersion::description)),
        keyId,
        allowedPattern,
        tier(request, previous, value),
        request.dataType().or(() -> previous.map(ParameterVersion::dataType)).orElse("text"),
        // As precise as AWS's answers, so that an answer and the journal agree.
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        caller.arn(),
        List.of());
  }

  private static ParameterType type(Request request, Optional<ParameterVersion> previous) {
    Optional<ParameterType> asked = request.type().map(ParameterType::of);
    Optional<ParameterType> fixed = previous.map(ParameterVersion::type);
    if (asked.isPresent() && fixed.isPresent() && !asked.equals(fixed)) {
      throw SsmErrors.typeMismatch();
    }
    return asked.or(() -> fixed).orElseThrow(SsmErrors::typeMissing);
  }

  private Tier tier(Request request, Optional<ParameterVersion> previous, String value) {
    int bytes = value.getBytes(UTF_8).length;
    boolean advancedNow = previous.filter(version -> version.tier() == Tier.ADVANCED).isPresent();
    boolean tooMany =
        previous.isEmpty()
            && standardQuota.isPresent()
            && table.standardCount() >= standardQuota.getAsInt();
    Tier tier =
        switch (request.tier().orElse(advancedNow ? "Advanced" : "Standard")) {
          case "Advanced" -> Tier.ADVANCED;
          case Tier.INTELLIGENT_TIERING ->
              advancedNow || tooMany || bytes > Tier.STANDARD.maxValueBytes()
                  ? Tier.ADVANCED
                  : Tier.STANDARD;
          default -> Tier.STANDARD;
        };
    if (bytes > tier.maxValueBytes()) {
      throw SsmErrors.valueTooLong(tier);
    }
    if (tier == Tier.STANDARD && advancedNow) {
      throw SsmErrors.noDowngrade();
    }
    if (tier == Tier.STANDARD && tooMany) {
      throw SsmErrors.tooManyParameters(standardQuota.getAsInt());
    }
    return tier;
  }

  private static void checkAgainst(String pattern, String value) {
    try {
      if (!Pattern.compile(pattern).matcher(value).find()) {
        throw SsmErrors.patternMismatch(pattern);
      }
    } catch (PatternSyntaxException e) {
      throw SsmErrors.badPattern(pattern);
    }
  }

  private static StoredParameter addVersion(StoredParameter parameter, ParameterVersion version) {
    if (parameter.isFull() && !parameter.oldest().labels().isEmpty()) {
      throw SsmErrors.oldestVersionLabelled(parameter.name().value(), parameter.oldest().version());
    }
    return parameter.plus(version);
  }
}
