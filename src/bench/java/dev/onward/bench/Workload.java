package dev.onward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Projects of ten services in three places each: published under {@code latest}, promoted from
 * there to {@code stage}, and by people only to {@code prod}.
 *
 * @param name what the projects' ids begin with
 * @param projects how many there are
 */
record Workload(String name, int projects) {
  static final String LABEL = "latest";
  static final String STAGE = "stage";
  static final List<String> PLACES = List.of(LABEL, STAGE, "prod");
  static final int SERVICES = 10;

  /** What SSM lists at a time. */
  private static final int PAGE = 10;

  private static final int PROJECTS_IN_A_FILE = 100;

  /** Pages that listing one project takes at least. */
  static int floorOfPages() {
    return Math.ceilDiv(parametersOfAProject(), PAGE);
  }

  static int parametersOfAProject() {
    return PLACES.size() * SERVICES;
  }

  String project(int index) {
    return "%s%05d".formatted(name, index);
  }

  static String service(int index) {
    return "service%02d".formatted(index);
  }

  static String parameter(String project, String place, int service) {
    return "/%s/images/%s/%s".formatted(project, place, service(service));
  }

  static String image(int service, String tag) {
    return "123456789012.dkr.ecr.eu-west-1.amazonaws.com/uk.ac.wellcome/%s:%s"
        .formatted(service(service), tag);
  }

  /** The images that a change is made of. */
  Change change(String tag) {
    return new Change(this, 0, projects, List.of(LABEL), 0, 1, tag);
  }

  /** Everything there, everywhere the same. */
  Change first() {
    return new Change(this, 0, projects, PLACES, 0, SERVICES, "first");
  }

  /** Writes the manifests of the first projects, some in a file as a ConfigMap would have them. */
  void writeManifests(Path directory, int count) {
    for (int from = 0; from < count; from += PROJECTS_IN_A_FILE) {
      String all =
          IntStream.range(from, Math.min(count, from + PROJECTS_IN_A_FILE))
              .mapToObj(index -> manifest(project(index)))
              .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
      try {
        Files.writeString(directory.resolve("%s%05d.json".formatted(name, from)), all);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String manifest(String project) {
    return """
        "%1$s": {
          "name": "Project %1$s",
          "release": {"quiet_period": "0s"},
          "environments": [
            {"id": "stage", "name": "Staging", "promotion": {"from": "latest", "mode": "auto"}},
            {"id": "prod", "name": "Production", "promotion": {"from": "stage", "mode": "manual"}}
          ]
        }"""
        .formatted(project);
  }

  /**
   * Parameters to write.
   *
   * @param fromProject the first project, by its index
   * @param toProject the one after the last
   * @param places labels or environments
   * @param fromService the first service, by its index
   * @param toService the one after the last
   */
  record Change(
      Workload estate,
      int fromProject,
      int toProject,
      List<String> places,
      int fromService,
      int toService,
      String tag) {

    Change ofProjects(int from, int to) {
      return new Change(estate, from, to, places, fromService, toService, tag);
    }

    Change ofServices(int from, int to) {
      return new Change(estate, fromProject, toProject, places, from, to, tag);
    }

    int promotions() {
      return toProject - fromProject;
    }

    /** What is to be written, one parameter after the other. */
    void forEach(Write write) {
      for (int project = fromProject; project < toProject; project++) {
        for (String place : places) {
          for (int service = fromService; service < toService; service++) {
            write.write(parameter(estate.project(project), place, service), image(service, tag));
          }
        }
      }
    }
  }

  /** Writes one parameter. */
  @FunctionalInterface
  interface Write {
    void write(String parameter, String image);
  }
}
