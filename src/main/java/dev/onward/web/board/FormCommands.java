package dev.onward.web.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.web.api.command.EnvironmentCommandsResource;
import dev.onward.web.api.command.GlobalCommandsResource;
import dev.onward.web.api.command.LabelCommandsResource;
import dev.onward.web.api.command.ProjectCommandsResource;
import dev.onward.web.api.command.ReleaseCommandsResource;
import dev.onward.web.board.view.CommandForm;
import dev.onward.web.board.view.CommandPreview;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.IdempotencyKey;
import dev.onward.web.http.ReplayedResponseException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Does what was filled into a form, by the very operations of the API: who may, what is refused and
 * what is put on record is the same wherever somebody acts from.
 */
@ApplicationScoped
class FormCommands {
  /** Where it is done is part of the path, and how the form works is nobody else's business. */
  private static final Set<String> OF_THE_PATH =
      Set.of("environment", "step", "previewed", "key", "target", "label", "service", "image");

  private final GlobalCommandsResource everything;
  private final ProjectCommandsResource projects;
  private final EnvironmentCommandsResource environments;
  private final ReleaseCommandsResource releases;
  private final LabelCommandsResource labels;
  private final ObjectMapper json;
  private final RoutingContext routing;

  FormCommands(
      GlobalCommandsResource everything,
      ProjectCommandsResource projects,
      EnvironmentCommandsResource environments,
      ReleaseCommandsResource releases,
      LabelCommandsResource labels,
      ObjectMapper json,
      RoutingContext routing) {
    this.everything = everything;
    this.projects = projects;
    this.environments = environments;
    this.releases = releases;
    this.labels = labels;
    this.json = json;
    this.routing = routing;
  }

  /** Throws whatever the API answers with a problem. */
  CommandPreview doToEverything(CommandForm act, Map<String, String> values, boolean dryRun) {
    var dry = dry(dryRun);
    giveKey(values, dryRun);
    String body = body(act, values, dryRun).toString();
    return outcome(
        () ->
            switch (act) {
              case STOP -> everything.stop(dry, body);
              case RESUME -> everything.resume(dry, body);
              case FREEZE -> everything.freeze(dry, body);
              case UNFREEZE -> everything.unfreeze(dry, body);
              default -> throw new IllegalArgumentException(act + " is not done to everything");
            });
  }

  /** Throws whatever the API answers with a problem. */
  CommandPreview doTo(String project, CommandForm act, Map<String, String> values, boolean dryRun) {
    var dry = dry(dryRun);
    giveKey(values, dryRun);
    String body = body(act, values, dryRun).toString();
    String environment = values.getOrDefault("environment", "");
    String release = values.getOrDefault("release", "");
    String label = values.getOrDefault("label", "");
    boolean whole = environment.isEmpty();
    return outcome(
        () ->
            switch (act) {
              case STOP -> projects.stop(project, dry, body);
              case RESUME ->
                  whole
                      ? projects.resume(project, dry, body)
                      : environments.resume(project, environment, dry, body);
              case FREEZE ->
                  whole
                      ? projects.freeze(project, dry, body)
                      : environments.freeze(project, environment, dry, body);
              case UNFREEZE ->
                  whole
                      ? projects.unfreeze(project, dry, body)
                      : environments.unfreeze(project, environment, dry, body);
              case HOLD -> environments.hold(project, environment, dry, body);
              case APPROVE -> environments.approve(project, environment, dry, body);
              case WITHDRAW -> environments.withdraw(project, environment, dry, body);
              case DEPLOY -> environments.deploy(project, environment, dry, body);
              // What was looked at is deployed, even if going back would lead elsewhere by now.
              case ROLL_BACK ->
                  isPinned(values, dryRun)
                      ? environments.deploy(project, environment, dry, body)
                      : environments.rollBack(project, environment, dry, body);
              case REPAIR -> environments.repair(project, environment, dry, body);
              case REJECT -> releases.reject(project, release, dry, body);
              case UNREJECT -> releases.unreject(project, release, dry, body);
              case CUT -> labels.cut(project, label, dry, body);
              case COMPOSE -> releases.compose(project, dry, body);
              case PUBLISH -> labels.publish(project, label, dry, body);
              case RECONCILE -> projects.reconcile(project, dry, body);
            });
  }

  private void giveKey(Map<String, String> values, boolean dryRun) {
    String key = values.getOrDefault("key", "");
    if (!dryRun && !key.isBlank()) {
      IdempotencyKey.give(routing, key);
    }
  }

  private static Optional<String> dry(boolean dryRun) {
    return dryRun ? Optional.of("true") : Optional.empty();
  }

  /** What was done before with the same key is answered as it was then. */
  private CommandPreview outcome(Supplier<Object> act) {
    try {
      return outcome(act.get());
    } catch (ReplayedResponseException e) {
      JsonNode before = read(e.answer().body());
      if (e.answer().status() >= 400) {
        throw CommandRejectedException.perhapsDone(before.path("detail").asText());
      }
      return CommandPreview.of(before);
    }
  }

  private JsonNode read(String answer) {
    try {
      return json.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that was kept cannot be read", e);
    }
  }

  private CommandPreview outcome(Object answer) {
    Object view = answer instanceof RestResponse<?> response ? response.getEntity() : answer;
    return CommandPreview.of(json.<JsonNode>valueToTree(view));
  }

  /** What is left empty is not sent. */
  private ObjectNode body(CommandForm act, Map<String, String> values, boolean dryRun) {
    ObjectNode body = json.createObjectNode();
    values.forEach(
        (name, value) -> {
          // A preview is of what stands now, whatever an earlier one saw.
          boolean wanted = !dryRun || !name.equals("expected_version");
          if (wanted && !value.isBlank() && !OF_THE_PATH.contains(name)) {
            put(body, name, value);
          }
        });
    switch (act) {
      case COMPOSE -> compose(body, values);
      case PUBLISH ->
          body.putObject("images")
              .put(values.getOrDefault("service", ""), values.getOrDefault("image", ""));
      case REJECT, UNREJECT -> body.remove("release");
      case ROLL_BACK -> {
        if (isPinned(values, dryRun)) {
          body.put("release", values.get("target"));
          body.remove("to");
        }
      }
      case STOP,
          RESUME,
          FREEZE,
          UNFREEZE,
          HOLD,
          APPROVE,
          WITHDRAW,
          DEPLOY,
          REPAIR,
          CUT,
          RECONCILE -> {}
    }
    return body;
  }

  private static boolean isPinned(Map<String, String> values, boolean dryRun) {
    return !dryRun && !values.getOrDefault("target", "").isBlank();
  }

  private static void put(ObjectNode body, String name, String value) {
    switch (name) {
      case "override", "new" -> body.put(name, value.equals("true"));
      case "expected_version" -> number(value).ifPresent(version -> body.put(name, version));
      default -> body.put(name, value.strip());
    }
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void compose(ObjectNode body, Map<String, String> values) {
    String image = values.getOrDefault("image", "");
    ObjectNode replacement =
        body.putObject("services").putObject(values.getOrDefault("service", ""));
    if (image.isBlank()) {
      replacement.put("label", values.getOrDefault("label", ""));
    } else {
      replacement.put("image", image.strip());
    }
  }
}
