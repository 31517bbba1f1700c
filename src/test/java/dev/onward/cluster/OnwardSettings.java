package dev.onward.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.OnwardConfig;
import dev.onward.access.http.IdentityProvider;
import dev.onward.startup.BlankGrantCheck;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether Onward would start with a container's environment, as Onward itself judges it. */
final class OnwardSettings {
  private static final ConfigClass CONFIG = ConfigClass.configClass(OnwardConfig.class);

  private static final Pattern PROPERTY = Pattern.compile("`(quarkus\\.[a-z.-]+)[`=]");

  private final Problems problems = new Problems();

  private OnwardSettings() {}

  /** Every property of Onward's with its default; that of what has none is empty. */
  static SortedMap<String, String> defaults() {
    var defaults = new TreeMap<String, String>();
    ConfigMappings.getProperties(CONFIG)
        .forEach((name, property) -> defaults.put(name, defaultOf(property)));
    return defaults;
  }

  private static String defaultOf(Property property) {
    return property.hasDefaultValue()
        ? Optional.ofNullable(property.getDefaultValue()).orElse("")
        : "";
  }

  static List<String> problems(ClusterObjects objects) {
    return problems(environment(objects.one("Deployment").at("/spec/template/spec/containers/0")));
  }

  static List<String> problems(Map<String, String> environment) {
    var check = new OnwardSettings();
    environment.keySet().forEach(check::isKnown);
    check.wouldStart(environment);
    return check.problems.all();
  }

  /** What is taken from a Secret is there, with a value that nobody knows. */
  static Map<String, String> environment(JsonNode container) {
    var environment = new LinkedHashMap<String, String>();
    for (JsonNode variable : container.path("env")) {
      String name = variable.path("name").asText();
      if (environment.put(name, variable.path("value").asText("from elsewhere")) != null) {
        throw new AssertionError(name + " is there twice");
      }
    }
    return environment;
  }

  private void isKnown(String name) {
    boolean known =
        switch (name) {
          case "AWS_REGION", "JDK_JAVA_OPTIONS" -> true;
          default ->
              name.startsWith("ONWARD_")
                  ? defaults().keySet().stream().anyMatch(p -> variable(p).matcher(name).matches())
                  : documented().anyMatch(p -> variable(p).matcher(name).matches());
        };
    problems.unless(known, name, "no setting has this name");
  }

  private void wouldStart(Map<String, String> environment) {
    try {
      OnwardConfig config =
          new SmallRyeConfigBuilder()
              .withConverter(Duration.class, 100, new DurationConverter())
              .withSources(new EnvConfigSource(environment, 300))
              .withMapping(OnwardConfig.class)
              .build()
              .getConfigMapping(OnwardConfig.class);
      var provider =
          new IdentityProvider(
              Optional.ofNullable(environment.get("QUARKUS_OIDC_AUTH_SERVER_URL")),
              Optional.ofNullable(environment.get("QUARKUS_OIDC_CLIENT_ID")));
      Stream.concat(
              provider.problems(config).stream(),
              BlankGrantCheck.problems(
                  environment.keySet(), name -> Optional.ofNullable(environment.get(name)))
                  .stream())
          .forEach(problem -> problems.unless(false, "start", problem));
    } catch (RuntimeException e) {
      problems.unless(false, "start", e.getMessage());
    }
  }

  /** Any name in place of a {@code *}. */
  private static Pattern variable(String property) {
    return Pattern.compile(
        property
            .toUpperCase(Locale.ROOT)
            .replaceAll("\\[\\*]", "")
            .replaceAll("[^A-Z0-9*]", "_")
            .replace("*", "[A-Z0-9]+"));
  }

  /** The properties of Quarkus that the documents name. */
  private static Stream<String> documented() {
    return Stream.of(Path.of("docs", "settings.md"), Path.of("docs", "access.md"))
        .map(OnwardSettings::text)
        .flatMap(text -> PROPERTY.matcher(text).results())
        .map((MatchResult found) -> found.group(1));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
