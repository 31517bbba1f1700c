package dev.onward.web.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.model.InvalidValueException;
import dev.onward.store.StoreException;
import dev.onward.web.board.view.CommandForm;
import dev.onward.web.board.view.CommandPreview;
import dev.onward.web.board.view.Form;
import dev.onward.web.board.view.Form.Trouble;
import dev.onward.web.board.view.FormField;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.NotFoundException;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a form is answered: filled in, looked at as a preview, then done. What was previewed is done
 * and nothing else: on condition that nobody said anything since, and once however often it is
 * sent.
 */
final class FormSubmission {
  private FormSubmission() {}

  /**
   * Does it, or finds out what would come of it; throws whatever the API answers with a problem.
   */
  interface Doing {
    CommandPreview outcome(boolean dryRun);
  }

  /** Previews what was not previewed just so, does the rest. */
  static Response answer(
      Form form, Map<String, String> values, Doing doing, Function<Form, TemplateInstance> page) {
    String digest = digest(form);
    boolean really =
        "do".equals(values.get("step")) && digest.equals(values.getOrDefault("previewed", ""));
    Form keyed = form.keyed(key(values));
    try {
      CommandPreview outcome = doing.outcome(!really);
      return really
          ? Response.seeOther(next(form, outcome)).build()
          : Response.ok(page.apply(keyed.previewing(outcome, digest))).build();
    } catch (CommandRejectedException e) {
      Trouble trouble =
          e.isPerhapsDone() ? Trouble.unclear(e.detail()) : Trouble.notDone(e.detail(), held(e));
      return refused(page.apply(keyed.troubled(trouble, wrong(e))), e.status());
    } catch (InvalidValueException | NotFoundException e) {
      return refused(
          page.apply(keyed.troubled(notDone(String.valueOf(e.getMessage())), Map.of())),
          Response.Status.BAD_REQUEST.getStatusCode());
    } catch (StoreException e) {
      return refused(
          page.apply(keyed.troubled(notDone(e.failure().message()), Map.of())),
          Response.Status.SERVICE_UNAVAILABLE.getStatusCode());
    }
  }

  /** The form keeps its key for as long as it is open: however it is sent, it is done once. */
  private static String key(Map<String, String> values) {
    String key = values.getOrDefault("key", "");
    return key.isBlank() ? UUID.randomUUID().toString() : key;
  }

  private static Trouble notDone(String words) {
    return Trouble.notDone(words, List.of());
  }

  /** A release that was put together for an environment is to be deployed there. */
  private static URI next(Form form, CommandPreview outcome) {
    if (form.act() != CommandForm.COMPOSE) {
      return URI.create(form.back());
    }
    String environment =
        form.fields().stream()
            .filter(field -> field.name().equals("from"))
            .map(FormField::value)
            .findFirst()
            .orElseThrow();
    String acts = form.path().substring(0, form.path().lastIndexOf('/'));
    return URI.create(
        "%s/%s?environment=%s&release=%s"
            .formatted(acts, CommandForm.DEPLOY.word(), environment, outcome.release()));
  }

  private static List<Form.Held> held(CommandRejectedException e) {
    return e.heldBy().stream().map(it -> new Form.Held(it.gate(), it.reason())).toList();
  }

  private static Map<String, String> wrong(CommandRejectedException e) {
    return e.errors().stream()
        .collect(
            Collectors.toMap(
                error -> field(error.field()),
                error -> "Found %s; allowed: %s".formatted(error.found(), error.allowed()),
                (one, other) -> one + "; " + other));
  }

  /** The form asks for one service and its image, where the API has a map of them. */
  private static String field(String name) {
    if (name.startsWith("images.")) {
      return "image";
    }
    return name.startsWith("services.") ? "service" : name;
  }

  private static Response refused(TemplateInstance page, int status) {
    return Response.status(status).entity(page).build();
  }

  /** Throws {@link NotFoundException}. */
  static CommandForm act(String word) {
    return CommandForm.of(word)
        .orElseThrow(
            () -> new NotFoundException("there is nothing to do called '%s'".formatted(word)));
  }

  /** Stands for all that the form asks for, as it was filled in. */
  private static String digest(Form form) {
    String all =
        form.fields().stream()
            .map(field -> field.name() + "=" + field.value().strip())
            .collect(Collectors.joining("\n"));
    return UUID.nameUUIDFromBytes(all.getBytes(UTF_8)).toString();
  }

  /** The first of each name. */
  static Map<String, String> values(MultivaluedMap<String, String> sent) {
    var values = new TreeMap<String, String>();
    sent.forEach((name, all) -> values.put(name, all.isEmpty() ? "" : all.getFirst()));
    return values;
  }
}
