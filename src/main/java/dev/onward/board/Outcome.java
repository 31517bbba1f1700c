package dev.onward.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.model.ImageRef;
import dev.onward.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What came of something that was done, or would come of it, as the API answers it.
 *
 * @param deployments that would follow, in order
 * @param standings where each environment would stand then
 * @param images that would be published, or are in the release that would be made
 * @param steps what would be done now
 * @param overridden the gates that are passed over
 * @param release the id of the release that was made; empty if none was
 * @param deployed the id of the release that is deployed; empty if none is
 * @param version of what operators have said; empty where it does not count
 */
record Outcome(
    List<Deployment> deployments,
    List<Standing> standings,
    List<Change> images,
    List<String> steps,
    List<Form.Held> overridden,
    String release,
    String deployed,
    String version) {

  /** A deployment that would be made. */
  record Deployment(String where, boolean byPerson, String from, String to, List<Change> changes) {}

  /** Where an environment would stand. */
  record Standing(String where, String summary) {}

  static Outcome of(JsonNode answer) {
    var deployments = new ArrayList<Deployment>();
    var standings = new ArrayList<Standing>();
    add(answer.path("preview"), "", deployments, standings);
    each(answer.path("projects"))
        .forEach(
            project ->
                add(project, project.path("project").asText() + "/", deployments, standings));
    return new Outcome(
        deployments,
        standings,
        Stream.concat(
                each(answer.path("services")).map(it -> change(it, "before", "after")),
                each(answer.path("release").path("images")).map(it -> change(it, "", "image")))
            .toList(),
        each(answer.path("actions")).map(Outcome::step).toList(),
        each(answer.path("overridden"))
            .map(it -> new Form.Held(it.path("gate").asText(), it.path("reason").asText()))
            .toList(),
        answer.path("release").path("id").asText(),
        answer.path("deployed").asText(""),
        answer.path("stands").path("version").asText());
  }

  private static void add(
      JsonNode preview, String of, List<Deployment> deployments, List<Standing> standings) {
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
    each(preview.path("environments"))
        .map(it -> new Standing(of + it.path("id").asText(), it.path("summary").asText()))
        .forEach(standings::add);
  }

  private static String step(JsonNode it) {
    String where = it.path("environment").asText("");
    String summary = it.path("summary").asText();
    return where.isEmpty() ? summary : where + ": " + summary;
  }

  private static Change change(JsonNode it, String before, String after) {
    String from = it.path(before).asText("");
    String to = it.path(after).asText("");
    return new Change(it.path("service").asText(), tag(from), from, tag(to), to);
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
