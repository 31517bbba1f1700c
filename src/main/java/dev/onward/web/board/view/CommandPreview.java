package dev.onward.web.board.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.model.InvalidValueException;
import dev.onward.model.release.ImageRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What came of something that was done, or would come of it, as the API answers it.
 *
 * @param deployments that would follow, in order
 * @param repairs that would follow, without a deployment
 * @param rollBack where a rollback leads and why, then where else it could; empty for all else
 * @param standings where each environment would stand then
 * @param images that would be published, or are in the release that would be made
 * @param steps what would be done now
 * @param overridden the gates that are passed over
 * @param release the id of the release that was made; empty if none was
 * @param deployed the id of the release that is deployed; empty if none is
 * @param version of what operators have said; empty where it does not count
 * @param follows what automation makes of it, in one sentence, where there is one
 * @param known whether it is known which deployments follow
 */
public record CommandPreview(
    List<Deployment> deployments,
    List<Repair> repairs,
    List<Target> rollBack,
    List<Standing> standings,
    List<ImageChange> images,
    List<String> steps,
    List<Form.Held> overridden,
    String release,
    String deployed,
    String version,
    Optional<String> follows,
    boolean known) {

  /** A deployment that would be made. */
  record Deployment(
      String where, boolean byPerson, String from, String to, List<ImageChange> changes) {}

  /** A repair that would be made. */
  record Repair(String where, boolean byPerson, String release, List<ImageChange> changes) {}

  /** A release that a rollback can lead to. */
  record Target(String release, String why) {}

  /** Where an environment would stand. */
  record Standing(String where, String summary) {}

  public static CommandPreview of(JsonNode answer) {
    var deployments = new ArrayList<Deployment>();
    var repairs = new ArrayList<Repair>();
    var standings = new ArrayList<Standing>();
    add(answer.path("preview"), "", deployments, repairs, standings);
    each(answer.path("projects"))
        .forEach(
            project ->
                add(
                    project,
                    project.path("project").asText() + "/",
                    deployments,
                    repairs,
                    standings));
    JsonNode rollBack = answer.path("roll_back");
    return new CommandPreview(
        deployments,
        repairs,
        Stream.of(rollBack, rollBack.path("other"))
            .filter(JsonNode::isObject)
            .map(it -> new Target(brief(it.path("release").asText()), it.path("why").asText()))
            .toList(),
        standings,
        Stream.concat(
                each(answer.path("services")).map(it -> change(it, "before", "after")),
                each(answer.path("release").path("images")).map(it -> change(it, "", "image")))
            .toList(),
        each(answer.path("actions")).map(CommandPreview::step).toList(),
        each(answer.path("overridden"))
            .map(it -> new Form.Held(it.path("gate").asText(), it.path("reason").asText()))
            .toList(),
        answer.path("release").path("id").asText(),
        answer.path("deployed").asText(""),
        answer.path("interventions").path("version").asText(),
        answer.path("follows").isTextual()
            ? Optional.of(answer.path("follows").asText())
            : Optional.empty(),
        answer.path("preview").isObject()
            || answer.has("projects")
            || (answer.path("actions").isArray() && answer.path("actions").isEmpty()));
  }

  private static void add(
      JsonNode preview,
      String of,
      List<Deployment> deployments,
      List<Repair> repairs,
      List<Standing> standings) {
    each(preview.path("deployments"))
        .map(
            it ->
                new Deployment(
                    of + it.path("environment").asText(),
                    it.path("by").asText().equals("person"),
                    brief(it.path("from").asText("")),
                    brief(it.path("to").asText()),
                    each(it.path("changes")).map(at -> change(at, "from", "to")).toList()))
        .forEach(deployments::add);
    each(preview.path("repairs"))
        .map(
            it ->
                new Repair(
                    of + it.path("environment").asText(),
                    it.path("by").asText().equals("person"),
                    brief(it.path("release").asText()),
                    each(it.path("changes")).map(at -> change(at, "from", "to")).toList()))
        .forEach(repairs::add);
    each(preview.path("environments"))
        .map(it -> new Standing(of + it.path("id").asText(), it.path("summary").asText()))
        .forEach(standings::add);
  }

  private static String step(JsonNode it) {
    String where = it.path("environment").asText("");
    String summary = it.path("summary").asText();
    return where.isEmpty() ? summary : where + ": " + summary;
  }

  private static ImageChange change(JsonNode it, String before, String after) {
    String from = it.path(before).asText("");
    String to = it.path(after).asText("");
    return new ImageChange(it.path("service").asText(), tag(from), from, tag(to), to);
  }

  private static String tag(String image) {
    try {
      return image.isEmpty() ? "" : new ImageRef(image).shortTag();
    } catch (InvalidValueException e) {
      return image;
    }
  }

  private static String brief(String id) {
    return id.length() <= 8 ? id : id.substring(0, 8);
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
