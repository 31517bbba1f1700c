package dev.onward.startup;

import dev.onward.OnwardConfig;
import dev.onward.access.http.IdentityProvider;
import dev.onward.manifest.ProjectSelection;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;

/** Stops a start with settings that cannot work, and says all that is wrong with them at once. */
@Dependent
class ConfigurationValidator {
  private static final String PROJECT_PLACEHOLDER = "{project_id}";

  /** DynamoDB's rule for the names of tables. */
  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");

  private static final String TABLE_NAME_RULE = "3 to 255 letters, digits, '_', '.' or '-'";

  /** A shorter one is lost to any pause; a longer one leaves a crash unnoticed. */
  private static final Duration SHORTEST_TERM = Duration.ofSeconds(1);

  private static final Duration LONGEST_TERM = Duration.ofMinutes(1);

  private static final Pattern LEASE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private static final String LEASE_NAME_RULE = "1 to 64 letters, digits, '_', '.' or '-'";

  private static final Map<String, String> RENAMED =
      Map.of("onward.api.acting", "onward.api.writes, with the same values");

  private final List<String> problems = new ArrayList<>();

  /** Before all others, the scheduler's own included: nothing is polled with such settings. */
  static void onStart(
      @Observes @Priority(Integer.MIN_VALUE) StartupEvent event,
      OnwardConfig config,
      IdentityProvider provider) {
    var problems = new ArrayList<>(problems(config, provider));
    var all = ConfigProvider.getConfig();
    problems.addAll(
        BlankGrantCheck.problems(
            all.getPropertyNames(),
            name -> Optional.ofNullable(all.getConfigValue(name).getRawValue())));
    problems.addAll(renamed(all.getPropertyNames()));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          "Onward cannot start with these settings:\n  " + String.join("\n  ", problems));
    }
  }

  /** Each names the property, what was found and what is allowed. */
  static List<String> problems(OnwardConfig config, IdentityProvider provider) {
    var check = new ConfigurationValidator();
    check.positive("onward.interval", config.interval());
    config.projects().stream()
        .filter(pattern -> !ProjectSelection.isPattern(pattern))
        .forEach(
            pattern ->
                check.problem("onward.projects", "'" + pattern + "'", ProjectSelection.RULE));
    check.atLeastOne("onward.parallelism", config.parallelism());
    check.tables(config.releasesTable(), config.stateTable());
    if (config.repairGrace().isNegative()) {
      check.problem("onward.repair-grace", text(config.repairGrace()), "0s or longer");
    }
    check.positive("onward.adoption-interval", config.adoptionInterval());
    check.lease(config.lease());
    check.atLeastOne("onward.ssm.reads-per-second", config.ssm().readsPerSecond());
    check.atLeastOne("onward.ssm.writes-per-second", config.ssm().writesPerSecond());
    check.positive("onward.backoff.maximum", config.backoff().maximum());
    check.positive("onward.backoff.stalled", config.backoff().stalled());
    check.problems.addAll(provider.problems(config));
    return List.copyOf(check.problems);
  }

  /**
   * Settings of an earlier name: without this they would be ignored.
   *
   * @param names of all settings, as properties or environment variables
   */
  static List<String> renamed(Iterable<String> names) {
    return StreamSupport.stream(names.spliterator(), false)
        .filter(name -> RENAMED.containsKey(name.toLowerCase(Locale.ROOT).replace('_', '.')))
        .map(
            name ->
                "%s: found a setting that was renamed; allowed: %s"
                    .formatted(name, RENAMED.get(name.toLowerCase(Locale.ROOT).replace('_', '.'))))
        .sorted()
        .toList();
  }

  private void tables(String releases, String state) {
    // The shortest project id has one character.
    if (!TABLE_NAME.matcher(releases.replace(PROJECT_PLACEHOLDER, "p")).matches()
        && !releases.equals(PROJECT_PLACEHOLDER)) {
      problem(
          "onward.releases-table",
          "'" + releases + "'",
          TABLE_NAME_RULE + ", and {project_id} in place of the project's id");
    }
    if (!TABLE_NAME.matcher(state).matches()) {
      problem("onward.state-table", "'" + state + "'", TABLE_NAME_RULE);
    }
    if (releases.equals(state)) {
      problem(
          "onward.releases-table", "'" + releases + "'", "another table than onward.state-table");
    }
  }

  private void lease(OnwardConfig.Lease lease) {
    if (lease.term().compareTo(SHORTEST_TERM) < 0 || lease.term().compareTo(LONGEST_TERM) > 0) {
      problem(
          "onward.lease.term",
          text(lease.term()),
          "%s to %s".formatted(text(SHORTEST_TERM), text(LONGEST_TERM)));
    }
    if (!LEASE_NAME.matcher(lease.name()).matches()) {
      problem("onward.lease.name", "'" + lease.name() + "'", LEASE_NAME_RULE);
    }
    positive("onward.lease.standby-interval", lease.standbyInterval());
  }

  private void atLeastOne(String property, int found) {
    if (found < 1) {
      problem(property, Integer.toString(found), "1 or more");
    }
  }

  private void positive(String property, Duration found) {
    if (!found.isPositive()) {
      problem(property, text(found), "longer than 0s");
    }
  }

  private void problem(String property, String found, String allowed) {
    problems.add("%s: found %s; allowed: %s".formatted(property, found, allowed));
  }

  /** As settings spell it: PT1M30S is 1m30s. */
  private static String text(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
