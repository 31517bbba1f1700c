package dev.onward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What all measurements of a run share. */
record Lab(Options options, Endpoint endpoint, Report report, Path directory) {

  /** The estate of the steady cycles, and of all that needs many projects at rest. */
  Workload estate() {
    int largest = options.sizes().stream().mapToInt(Integer::intValue).max().orElseThrow();
    return new Workload("estate", Math.max(largest, options.projects()));
  }

  /** A directory with the manifests of the first projects of an estate. */
  Path manifests(Workload estate, int count) {
    try {
      Path manifests =
          Files.createDirectories(
              Files.createTempDirectory(directory, "onward").resolve("manifests"));
      estate.writeManifests(manifests, count);
      return manifests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A daemon over the first projects of an estate. */
  Daemon start(Workload estate, int count, String interval) {
    return start(estate, count, Map.of("ONWARD_INTERVAL", interval));
  }

  Daemon start(Workload estate, int count, Map<String, String> settings) {
    return Daemon.start(endpoint, manifests(estate, count), new HashMap<>(settings));
  }

  /** What the run is doing, for whoever waits. */
  void say(String what, Object... values) {
    System.err.printf("benchmark: " + what + "%n", values);
  }
}
