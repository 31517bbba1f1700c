package dev.onward.local.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the service that a request means: the JSON protocol names it in {@code X-Amz-Target}, the
 * older query protocol, which STS speaks, names only an action in a form.
 *
 * @param jsonServices by the prefix of {@code X-Amz-Target}, {@code AmazonSSM} say
 */
public record Routes(Map<String, Service> jsonServices, Service queryService) {

  /** A service and the name under which its calls are counted. */
  public record Service(String name, AwsService service) {}

  record Route(Service service, AwsRequest request) {}

  private static final Pattern TARGET =
      Pattern.compile("(?<service>\\w{1,64})\\.(?<operation>\\w{1,64})");
  private static final Pattern ACTION =
      Pattern.compile("(?:^|&)Action=(?<action>\\w{1,64})(?:&|$)");

  public Routes {
    jsonServices = Map.copyOf(jsonServices);
  }

  Optional<Route> find(String target, String contentType, Credential credential, String body) {
    if (!target.isEmpty()) {
      Matcher parts = TARGET.matcher(target);
      if (!parts.matches()) {
        return Optional.empty();
      }
      return Optional.ofNullable(jsonServices.get(parts.group("service")))
          .map(
              service ->
                  new Route(
                      service, new AwsRequest(parts.group("operation"), target, credential, body)));
    }
    if (!contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
      return Optional.empty();
    }
    Matcher action = ACTION.matcher(body);
    if (!action.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new Route(queryService, new AwsRequest(action.group("action"), "", credential, body)));
  }
}
