package dev.onward.model;

/** The id of an environment, such as {@code stage}; its parameters live beside the labels'. */
public record EnvironmentId(String value) implements Source {
  public EnvironmentId {
    PathSegment.check("environment id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
