package dev.onward.model;

/**
 * The source an environment takes its releases from: a label, or another environment of its
 * project. Both are the third segment of an image parameter's name.
 */
public sealed interface Source extends Comparable<Source> permits Label, EnvironmentId {
  String value();

  @Override
  default int compareTo(Source other) {
    return value().compareTo(other.value());
  }
}
