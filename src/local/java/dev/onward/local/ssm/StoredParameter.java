package dev.onward.local.ssm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A parameter with the versions that are kept of it.
 *
 * @param versions oldest first, at least one
 */
record StoredParameter(ParameterName name, List<ParameterVersion> versions) {

  static final int MAX_VERSIONS = 100;

  StoredParameter {
    versions = List.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("A parameter has at least one version");
    }
  }

  ParameterVersion oldest() {
    return versions.getFirst();
  }

  ParameterVersion latest() {
    return versions.getLast();
  }

  Optional<ParameterVersion> version(long version) {
    return versions.stream().filter(v -> v.version() == version).findFirst();
  }

  Optional<ParameterVersion> labelled(String label) {
    return versions.stream().filter(v -> v.labels().contains(label)).findFirst();
  }

  boolean isFull() {
    return versions.size() >= MAX_VERSIONS;
  }

  /** With a new latest version; the oldest goes when there are more than are kept. */
  StoredParameter plus(ParameterVersion version) {
    List<ParameterVersion> all = new ArrayList<>(versions.size() + 1);
    all.addAll(isFull() ? versions.subList(1, versions.size()) : versions);
    all.add(version);
    return new StoredParameter(name, all);
  }

  /** With this version in the place of the one with its number. */
  StoredParameter replace(ParameterVersion changed) {
    return new StoredParameter(
        name, versions.stream().map(v -> v.version() == changed.version() ? changed : v).toList());
  }

  /** With these labels on this version and on no other. */
  StoredParameter moveLabels(List<String> labels, ParameterVersion labelled) {
    return new StoredParameter(
        name,
        versions.stream()
            .map(v -> v.version() == labelled.version() ? labelled : v.withoutLabels(labels))
            .toList());
  }
}
