package dev.onward.web.board.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form with which somebody does something, and what would come of it.
 *
 * @param about what it is done to, in words
 * @param path where it is sent
 * @param back where whoever thinks better of it goes
 * @param trouble why it was not done, if so it was
 * @param preview absent until it was asked for
 * @param key makes sure that sending the form twice does it once; empty before a preview
 */
public record Form(
    CommandForm act,
    String about,
    String path,
    String back,
    List<FormField> fields,
    Optional<Trouble> trouble,
    Optional<Preview> preview,
    String key) {

  /**
   * What kept it from being done.
   *
   * @param heading whether it was not done, or nobody knows
   * @param heldBy the gates that hold it, if that is why
   */
  public record Trouble(String heading, String words, List<Held> heldBy) {
    public static Trouble notDone(String words, List<Held> heldBy) {
      return new Trouble("Not done.", words, heldBy);
    }

    public static Trouble unclear(String words) {
      return new Trouble("Perhaps done.", words, List.of());
    }
  }

  /** A gate that holds what somebody wants to deploy. */
  public record Held(String gate, String reason) {}

  /**
   * What would happen.
   *
   * @param digest stands for all that was filled in, so that nothing else is done
   */
  record Preview(CommandPreview outcome, String digest) {}

  public static Form of(
      CommandForm act, String about, String path, String back, List<FormField> fields) {
    return new Form(act, about, path, back, fields, Optional.empty(), Optional.empty(), "");
  }

  public Form filled(Map<String, String> values) {
    return with(
        fields.stream()
            .map(field -> field.with(values.getOrDefault(field.name(), first(field))))
            .toList(),
        Optional.empty(),
        Optional.empty(),
        key);
  }

  /** A browser shows the first option where none is chosen. */
  private static String first(FormField field) {
    return field.isChoice() && !field.options().isEmpty()
        ? field.options().getFirst().value()
        : field.value();
  }

  /**
   * Shown again, with what is the matter.
   *
   * @param wrong by the fields' names
   */
  public Form troubled(Trouble what, Map<String, String> wrong) {
    return with(
        fields.stream().map(field -> field.wrong(wrong.getOrDefault(field.name(), ""))).toList(),
        Optional.of(what),
        Optional.empty(),
        key);
  }

  public Form previewing(CommandPreview outcome, String digest) {
    return with(fields, Optional.empty(), Optional.of(new Preview(outcome, digest)), key);
  }

  /** With a key of before, so that what may have been done is not done again. */
  public Form keyed(String newKey) {
    return with(fields, trouble, preview, newKey);
  }

  private Form with(
      List<FormField> newFields,
      Optional<Trouble> newTrouble,
      Optional<Preview> newPreview,
      String newKey) {
    return new Form(act, about, path, back, newFields, newTrouble, newPreview, newKey);
  }
}
