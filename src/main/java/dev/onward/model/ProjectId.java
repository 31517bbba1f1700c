package dev.onward.model;

/** The id of a project; the first segment of its parameters' names. */
public record ProjectId(String value) implements Comparable<ProjectId> {
  public ProjectId {
    PathSegment.checkFirst("project id", value);
  }

  @Override
  public int compareTo(ProjectId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
