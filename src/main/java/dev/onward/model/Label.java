package dev.onward.model;

/** A name under which builds publish images, such as {@code latest}. */
public record Label(String value) implements Source {
  public Label {
    PathSegment.check("label", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
