package dev.onward.model;

/** The id of one deployable container; the last segment of its parameter's name. */
public record ServiceId(String value) implements Comparable<ServiceId> {
  public ServiceId {
    PathSegment.check("service id", value);
  }

  @Override
  public int compareTo(ServiceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
