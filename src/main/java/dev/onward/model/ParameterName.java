package dev.onward.model;

/** The SSM parameter {@code /{project}/images/{label or environment}/{service}}. */
public record ParameterName(ProjectId project, Source location, ServiceId service)
    implements Comparable<ParameterName> {
  private static final String IMAGES = "/images";

  /** The path that holds all image parameters of a project. */
  public static String pathOf(ProjectId project) {
    return "/" + project + IMAGES;
  }

  public String path() {
    return pathOf(project) + "/" + location + "/" + service;
  }

  @Override
  public int compareTo(ParameterName other) {
    return path().compareTo(other.path());
  }

  @Override
  public String toString() {
    return path();
  }
}
