package dev.onward.board;

import java.util.List;

/**
 * One thing that a form asks for.
 *
 * @param name as the API has it
 * @param options to choose from; empty where anything may be written
 * @param wrong what is the matter with the value; empty if nothing is
 */
record Field(
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
  record Option(String value, String words, boolean chosen) {}

  static Field line(String name, String label, String hint, boolean required) {
    return new Field(name, label, hint, Kind.LINE, required, List.of(), "", "");
  }

  static Field tick(String name, String label, String hint) {
    return new Field(name, label, hint, Kind.TICK, false, List.of(), "", "");
  }

  static Field choice(String name, String label, String hint, List<Option> options) {
    return new Field(name, label, hint, Kind.CHOICE, true, options, "", "");
  }

  /** What was decided by where the form was opened from. */
  static Field fixed(String name, String label) {
    return new Field(name, label, "", Kind.FIXED, true, List.of(), "", "");
  }

  Field with(String newValue) {
    return new Field(
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

  Field wrong(String what) {
    return new Field(name, label, hint, kind, required, options, value, what);
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
