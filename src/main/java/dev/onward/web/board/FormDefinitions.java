package dev.onward.web.board;

import static dev.onward.web.board.view.FormField.choice;
import static dev.onward.web.board.view.FormField.fixed;
import static dev.onward.web.board.view.FormField.line;
import static dev.onward.web.board.view.FormField.tick;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Release;
import dev.onward.plan.ObservedState;
import dev.onward.status.ProjectStatus;
import dev.onward.web.board.view.CommandForm;
import dev.onward.web.board.view.Form;
import dev.onward.web.board.view.FormField;
import dev.onward.web.board.view.FormField.Option;
import dev.onward.web.http.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which form belongs to what people do. */
final class FormDefinitions {
  private static final String ENVIRONMENT = "environment";
  private static final String RELEASE = "release";

  private static final FormField REASON =
      line(
          "reason",
          "Reason",
          "One line for whoever comes after: it stands with your name in the audit.",
          true);
  private static final FormField UNTIL =
      line(
          "until",
          "Until",
          "For a time such as 2h or 1d, or until a moment such as 2026-12-24T18:00Z. Empty: until"
              + " somebody takes it back.",
          false);
  private static final FormField OVERRIDE =
      tick(
          "override",
          "Pass over the gates that hold it",
          "They and your reason are recorded with the deployment.");

  private static final FormField REPAIR_OVERRIDE =
      tick(
          "override",
          "Pass over a hold or a stop",
          "It and your reason are recorded with the repair.");
  private static final FormField ROLL_BACK_TO =
      choice(
          "to",
          "To",
          "Choose what ran here before if the release that is there now was deployed by mistake.",
          List.of(
              new Option("older", "the newest older release", false),
              new Option("before", "what ran here before", false)));

  private FormDefinitions() {}

  /** What is done to everything at once; only the words for that are there. */
  static Form ofEverything(CommandForm act) {
    var fields =
        switch (act) {
          case STOP -> List.of(REASON, UNTIL);
          case RESUME -> List.of(REASON);
          case FREEZE -> freeze();
          case UNFREEZE -> List.of(fixed("id", "Freeze"), REASON);
          default -> List.<FormField>of();
        };
    return Form.of(act, "everything", "/act/" + act.word(), "/", fields);
  }

  /**
   * @param values what the form was opened with, or what was sent
   */
  static Form of(CommandForm act, ProjectStatus status, Map<String, String> values) {
    String project = status.desired().project().value();
    List<FormField> fields = fields(act, status, values);
    String environment =
        fields.stream().anyMatch(field -> field.name().equals(ENVIRONMENT))
            ? existing(status, values.getOrDefault(ENVIRONMENT, ""))
            : "";
    String about =
        environment.isEmpty()
            ? status.desired().name()
            : status.desired().name() + " / " + environment;
    String back = "/projects/" + project + (environment.isEmpty() ? "" : "#env-" + environment);
    return Form.of(act, about, "/projects/%s/act/%s".formatted(project, act.word()), back, fields)
        .filled(values);
  }

  /** A page that is still open may lead to what the manifest no longer names. */
  private static String existing(ProjectStatus status, String environment) {
    boolean known =
        environment.isEmpty()
            || status.desired().environments().stream()
                .anyMatch(it -> it.id().value().equals(environment));
    if (!known) {
      throw new NotFoundException(
          "project %s has no environment '%s'".formatted(status.desired().project(), environment));
    }
    return environment;
  }

  private static List<FormField> fields(
      CommandForm act, ProjectStatus status, Map<String, String> values) {
    boolean somewhere = !values.getOrDefault(ENVIRONMENT, "").isEmpty();
    return switch (act) {
      case STOP -> List.of(REASON, UNTIL);
      case RECONCILE -> List.of(REASON);
      case RESUME ->
          somewhere ? List.of(fixed(ENVIRONMENT, "Environment"), REASON) : List.of(REASON);
      case FREEZE -> with(somewhere, freeze());
      case UNFREEZE -> with(somewhere, List.of(fixed("id", "Freeze"), REASON));
      case HOLD -> List.of(fixed(ENVIRONMENT, "Environment"), REASON, UNTIL);
      case APPROVE, WITHDRAW ->
          act == CommandForm.APPROVE
              ? List.of(fixed(ENVIRONMENT, "Environment"), release(status, values), REASON, UNTIL)
              : List.of(fixed(ENVIRONMENT, "Environment"), release(status, values), REASON);
      case DEPLOY ->
          List.of(
              environments(status, ENVIRONMENT, "To", ""),
              release(status, values),
              REASON,
              OVERRIDE);
      case ROLL_BACK -> List.of(fixed(ENVIRONMENT, "Environment"), ROLL_BACK_TO, REASON, OVERRIDE);
      case REPAIR -> List.of(fixed(ENVIRONMENT, "Environment"), REASON, REPAIR_OVERRIDE);
      case REJECT -> List.of(release(status, values), REASON, UNTIL);
      case UNREJECT -> List.of(release(status, values), REASON);
      case CUT -> List.of(label(status, "label", "Label"), REASON);
      case COMPOSE ->
          List.of(
              service(status),
              environments(
                  status,
                  "from",
                  "In",
                  "Where it is to be released; all other services stay there as they are."),
              label(status, "label", "Its image from label"),
              line(
                  "image",
                  "Or this very image",
                  "Such as host/namespace/name:tag. Empty: what is under the label.",
                  false),
              REASON);
      case PUBLISH ->
          List.of(
              line("label", "Under label", "Such as " + labels(status) + ".", true)
                  .with(status.desired().releases().fromLabel().value()),
              line("service", "Service", "", true),
              line("image", "Image", "Such as host/namespace/name:tag.", true),
              REASON,
              tick(
                  "new",
                  "The service or label is new",
                  "Otherwise a name that nobody has used is taken for a typing error."));
    };
  }

  private static List<FormField> freeze() {
    return List.of(
        REASON,
        line("from", "From", "A moment such as 2026-12-18T17:00Z. Empty: at once.", false),
        UNTIL);
  }

  private static List<FormField> with(boolean environment, List<FormField> fields) {
    var all = new ArrayList<FormField>();
    if (environment) {
      all.add(fixed(ENVIRONMENT, "Environment"));
    }
    all.addAll(fields);
    return all;
  }

  /** None is chosen unless a person chooses: it may be production. */
  private static FormField environments(
      ProjectStatus status, String name, String label, String hint) {
    return choice(
        name,
        label,
        hint,
        Stream.concat(
                Stream.of(new Option("", "choose …", false)),
                status.desired().environmentsInOrder().reversed().stream()
                    .map(it -> new Option(it.id().value(), it.name(), false)))
            .toList());
  }

  private static FormField release(ProjectStatus status, Map<String, String> values) {
    List<Option> known =
        status.seen().stream()
            .flatMap(seen -> seen.observed().releases().values().stream())
            .sorted(Release.BY_AGE.reversed())
            .map(
                it ->
                    new Option(
                        it.id().value(),
                        "%s: %s".formatted(it.id().shortForm(), it.description()),
                        false))
            .toList();
    String wanted = values.getOrDefault(RELEASE, "");
    boolean unknown =
        !wanted.isEmpty() && known.stream().map(Option::value).noneMatch(wanted::equals);
    return unknown ? fixed(RELEASE, "Release") : choice(RELEASE, "Release", "", known);
  }

  private static String labels(ProjectStatus status) {
    return known(status).stream().map(Label::value).collect(Collectors.joining(", "));
  }

  private static SortedSet<Label> known(ProjectStatus status) {
    var labels = new TreeSet<>(status.desired().watchedLabels());
    status.seen().ifPresent(seen -> labels.addAll(seen.observed().otherLabels().keySet()));
    return labels;
  }

  private static FormField label(ProjectStatus status, String name, String label) {
    SortedSet<Label> labels = known(status);
    String first = status.desired().releases().fromLabel().value();
    return choice(
        name,
        label,
        "",
        Stream.concat(
                Stream.of(first), labels.stream().map(Label::value).filter(it -> !it.equals(first)))
            .map(it -> new Option(it, it, false))
            .toList());
  }

  private static FormField service(ProjectStatus status) {
    var services = new TreeSet<ServiceId>();
    status
        .seen()
        .map(ProjectStatus.Seen::observed)
        .ifPresent(observed -> services.addAll(services(status, observed)));
    return choice(
        "service",
        "Service",
        "",
        services.stream().map(it -> new Option(it.value(), it.value(), false)).toList());
  }

  private static Set<ServiceId> services(ProjectStatus status, ObservedState observed) {
    var services = new TreeSet<ServiceId>();
    status
        .desired()
        .watchedLabels()
        .forEach(label -> services.addAll(observed.parameters(label).keySet()));
    status
        .desired()
        .environments()
        .forEach(it -> services.addAll(observed.parameters(it.id()).keySet()));
    return services;
  }
}
