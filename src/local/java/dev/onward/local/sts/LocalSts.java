package dev.onward.local.sts;

import dev.onward.local.http.AwsException;
import dev.onward.local.http.AwsRequest;
import dev.onward.local.http.AwsResponse;
import dev.onward.local.http.AwsService;
import dev.onward.local.sts.QueryXml.Element;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AssumeRole, for any role that is asked for, and GetCallerIdentity. */
public final class LocalSts implements AwsService {

  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::(?<account>\\d{12}):role/(?:.*/)?(?<role>[\\w+=,.@-]+)");
  private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern DURATION = Pattern.compile("\\d{1,6}");
  private static final int MIN_SECONDS = 900;
  private static final int MAX_SECONDS = 43_200;

  private final Identities identities;
  private final InstantSource clock;

  public LocalSts(Identities identities, InstantSource clock) {
    this.identities = identities;
    this.clock = clock;
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    try {
      Identity caller = identities.of(request.credential().accessKeyId());
      return switch (request.operation()) {
        case "AssumeRole" -> assumeRole(Form.parse(request.body()));
        case "GetCallerIdentity" -> getCallerIdentity(caller);
        default ->
            throw AwsException.badRequest(
                "InvalidAction",
                "Could not find operation %s for version 2011-06-15"
                    .formatted(request.operation()));
      };
    } catch (AwsException e) {
      return QueryXml.error(e);
    }
  }

  private AwsResponse getCallerIdentity(Identity caller) {
    return QueryXml.ok(
        "GetCallerIdentity",
        Element.of("Arn", caller.arn()),
        Element.of("UserId", caller.userId()),
        Element.of("Account", caller.account()));
  }

  private AwsResponse assumeRole(Form form) {
    String roleArn = form.get("RoleArn").orElseThrow(() -> missing("roleArn"));
    String session = form.get("RoleSessionName").orElseThrow(() -> missing("roleSessionName"));
    Matcher role = ROLE.matcher(roleArn);
    if (!role.matches()) {
      throw invalid("%s is invalid".formatted(roleArn));
    }
    if (!SESSION_NAME.matcher(session).matches()) {
      throw invalid(
          violation(
              "Value '%s' at 'roleSessionName'".formatted(session),
              "Member must satisfy regular expression pattern: " + SESSION_NAME));
    }
    Instant expiry =
        clock
            .instant()
            .truncatedTo(ChronoUnit.SECONDS)
            .plusSeconds(duration(form.get("DurationSeconds").orElse("3600")));
    TemporaryCredentials credentials = TemporaryCredentials.issue(expiry);
    Identity identity =
        new Identity(
            "arn:aws:sts::%s:assumed-role/%s/%s"
                .formatted(role.group("account"), role.group("role"), session),
            TemporaryCredentials.uniqueId("AROA") + ":" + session,
            role.group("account"));
    identities.issue(credentials.accessKeyId(), identity, expiry);
    return assumed(identity, credentials);
  }

  private static AwsResponse assumed(Identity identity, TemporaryCredentials credentials) {
    return QueryXml.ok(
        "AssumeRole",
        Element.of(
            "Credentials",
            Element.of("AccessKeyId", credentials.accessKeyId()),
            Element.of("SecretAccessKey", credentials.secretAccessKey()),
            Element.of("SessionToken", credentials.sessionToken()),
            Element.of("Expiration", credentials.expiration().toString())),
        Element.of(
            "AssumedRoleUser",
            Element.of("AssumedRoleId", identity.userId()),
            Element.of("Arn", identity.arn())));
  }

  private static int duration(String seconds) {
    int duration = DURATION.matcher(seconds).matches() ? Integer.parseInt(seconds) : -1;
    if (duration < MIN_SECONDS || duration > MAX_SECONDS) {
      throw invalid(
          violation(
              "Value '%s' at 'durationSeconds'".formatted(seconds),
              "Member must have value between %s and %s".formatted(MIN_SECONDS, MAX_SECONDS)));
    }
    return duration;
  }

  private static AwsException missing(String member) {
    return invalid(violation("Value null at '%s'".formatted(member), "Member must not be null"));
  }

  private static String violation(String found, String constraint) {
    return "1 validation error detected: %s failed to satisfy constraint: %s"
        .formatted(found, constraint);
  }

  private static AwsException invalid(String message) {
    return AwsException.badRequest("ValidationError", message);
  }
}
