package dev.onward.manifest.reader;

import dev.onward.manifest.document.ProblemCollector;
import dev.onward.manifest.document.Section;
import dev.onward.manifest.document.Value;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.PrintableText;
import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import dev.onward.model.ServiceId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.policy.ReleasePolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads one project. An error anywhere in it does not stop the reading, but makes it invalid. */
final class ProjectReader {
  private static final int LONGEST_LINE = 200;

  /** What the older tool, and its successor, keep in the same file. */
  static final List<String> OF_THE_OLDER_TOOL =
      List.of(
          "id",
          "github_repository",
          "tf_stack_root",
          "image_repositories",
          "account_id",
          "aws_region_name",
          "region_name");

  private final ProjectId id;
  private final ProblemCollector findings;

  ProjectReader(ProjectId id, ProblemCollector findings) {
    this.id = id;
    this.findings = findings;
  }

  Optional<DesiredState> read(Value value) {
    return value
        .section("a project: a map with name, environments, release and role_arn")
        .flatMap(this::project);
  }

  private Optional<DesiredState> project(Section project) {
    String name = project.atOrNull("name").flatMap(ProjectReader::name).orElse(id.value());
    Optional<Value> environments = project.at("environments");
    ReleasePolicy releases =
        project
            .at("release")
            .flatMap(release -> release.section("a map with from_label, quiet_period and so on"))
            .map(ProjectReader::releases)
            .orElse(ReleasePolicy.DEFAULT);
    Optional<RoleArn> role =
        project
            .atOrNull("role_arn")
            .flatMap(arn -> arn.text("the ARN of an IAM role", RoleArn::new));
    project.passBy(OF_THE_OLDER_TOOL);
    project.warnOfUnknownKeys();
    if (environments.isEmpty()) {
      project.warning("no environments", "a list of environments; releases are cut all the same");
    }
    List<DesiredEnvironment> read =
        environments.map(new EnvironmentsReader(releases.fromLabel())::read).orElse(List.of());
    return findings.hasErrorsIn(id)
        ? Optional.empty()
        : Optional.of(new DesiredState(id, name, role, releases, read));
  }

  /** What people call a project or an environment; it goes into release items and descriptions. */
  static Optional<String> name(Value value) {
    return line(value, "a name");
  }

  /** Text for people that fits into a sentence. */
  static Optional<String> line(Value value, String what) {
    String allowed = line(what);
    return value.text(
        allowed,
        text -> {
          if (PrintableText.isBlank(text)
              || text.length() > LONGEST_LINE
              || !PrintableText.isOneLine(text)) {
            throw new InvalidValueException(what, text, allowed);
          }
          return text;
        });
  }

  static String line(String what) {
    return "%s of 1 to %s characters on one line".formatted(what, LONGEST_LINE);
  }

  private static ReleasePolicy releases(Section release) {
    Label label =
        release
            .at("from_label")
            .flatMap(value -> value.text("a label", Label::new))
            .orElse(ReleasePolicy.DEFAULT_LABEL);
    Duration quietPeriod = duration(release, "quiet_period", ReleasePolicy.DEFAULT_QUIET_PERIOD);
    Duration maxWait = maxWait(release, quietPeriod);
    SortedSet<ServiceId> services =
        release.at("services").map(ProjectReader::services).orElseGet(TreeSet::new);
    release.warnOfUnknownKeys();
    return new ReleasePolicy(label, quietPeriod, maxWait, services);
  }

  /** By default ten minutes, but never shorter than the quiet period it is to put an end to. */
  private static Duration maxWait(Section release, Duration quietPeriod) {
    Duration byDefault = Collections.max(List.of(ReleasePolicy.DEFAULT_MAX_WAIT, quietPeriod));
    Duration maxWait = duration(release, "max_wait", byDefault);
    if (maxWait.compareTo(quietPeriod) < 0) {
      release
          .at("max_wait")
          .ifPresent(
              value ->
                  value.error(
                      value.node().describe(),
                      "at least the quiet_period, which is " + quietPeriod));
    }
    return maxWait;
  }

  private static Duration duration(Section section, String key, Duration byDefault) {
    return section
        .at(key)
        .map(value -> value.text(DurationParser.ALLOWED, DurationParser::parse).orElse(byDefault))
        .orElse(byDefault);
  }

  private static SortedSet<ServiceId> services(Value value) {
    var services = new TreeSet<ServiceId>();
    for (Value item : value.items("a list of service ids").orElse(List.of())) {
      Optional<ServiceId> service = item.text("a service id", ServiceId::new);
      if (service.isPresent() && !services.add(service.get())) {
        item.warning(item.node().describe() + " a second time", "each service once");
      }
    }
    return services;
  }
}
