package dev.onward.web.board.view;

import java.util.List;

/**
 * One thing that a form asks for.
 *
 * @param name as the API has it
 * @param options to choose from; empty where anything may be written
 * @param wrong what is the matter with the value; empty if nothing is
 */
public record FormField(
    String name,
    String label,
    String hint,
    Kind kind,
    boolean required,
    List<Option> options,
    String value,
    String wrong) {

  /** How it is asked for. */
  enum Kind {
    LINE,
    CHOICE,
    TICK,
    FIXED
  }

  /** Something to choose. */
  public record Option(String value, String words, boolean chosen) {}

  public static FormField line(String name, String label, String hint, boolean required) {
    return new FormField(name, label, hint, Kind.LINE, required, List.of(), "", "");
  }

  public static FormField tick(String name, String label, String hint) {
    return new FormField(name, label, hint, Kind.TICK, false, List.of(), "", "");
  }

  public static FormField choice(String name, String label, String hint, List<Option> options) {
    return new FormField(name, label, hint, Kind.CHOICE, true, options, "", "");
  }

  /** What was decided by where the form was opened from. */
  public static FormField fixed(String name, String label) {
    return new FormField(name, label, "", Kind.FIXED, true, List.of(), "", "");
  }

  public FormField with(String newValue) {
    return new FormField(
        name,
        label,
        hint,
        kind,
        required,
        options.stream()
            .map(it -> new Option(it.value(), it.words(), it.value().equals(newValue)))
            .toList(),
        newValue,
        wrong);
  }

  FormField wrong(String what) {
    return new FormField(name, label, hint, kind, required, options, value, what);
  }

  public boolean isLine() {
    return kind == Kind.LINE;
  }

  public boolean isChoice() {
    return kind == Kind.CHOICE;
  }

  public boolean isTick() {
    return kind == Kind.TICK;
  }
}
