package dev.onward.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * Waits for stages to have what was published, and tells when they got it: by the dates that the
 * endpoint gives parameters, so that how often one looks makes no difference.
 */
final class Stages {
  /** As many as SSM gives at a time. */
  private static final int AT_A_TIME = 10;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final SsmClient ssm;

  Stages(SsmClient ssm) {
    this.ssm = ssm;
  }

  /** How long each parameter took from its publication to the stage, by its name in the stage. */
  Map<String, Duration> awaitConverged(Workload.Change change) {
    var wanted = new ArrayList<Map.Entry<String, String>>();
    var published = new ArrayList<String>();
    change.forEach(
        (name, image) -> {
          published.add(name);
          wanted.add(Map.entry(inStage(name), image));
        });
    Map<String, Instant> convergedAt = await(wanted);
    Map<String, Parameter> under = parameters(published);
    var took = new HashMap<String, Duration>();
    for (String name : published) {
      took.put(
          inStage(name),
          Duration.between(under.get(name).lastModifiedDate(), convergedAt.get(inStage(name))));
    }
    return took;
  }

  private static String inStage(String published) {
    return published.replace("/" + Workload.LABEL + "/", "/" + Workload.STAGE + "/");
  }

  private Map<String, Instant> await(List<Map.Entry<String, String>> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var convergedAt = new HashMap<String, Instant>();
    for (int from = 0; from < wanted.size(); from += AT_A_TIME) {
      var some = wanted.subList(from, Math.min(wanted.size(), from + AT_A_TIME));
      var names = some.stream().map(Map.Entry::getKey).toList();
      Map<String, Parameter> there = parameters(names);
      while (!some.stream().allMatch(want -> has(there, want))) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("Not converged within " + PATIENCE + ": " + names);
        }
        pause();
        there.putAll(parameters(names));
      }
      there.forEach((name, parameter) -> convergedAt.put(name, parameter.lastModifiedDate()));
    }
    return convergedAt;
  }

  private static boolean has(Map<String, Parameter> there, Map.Entry<String, String> want) {
    Parameter parameter = there.get(want.getKey());
    return parameter != null && parameter.value().equals(want.getValue());
  }

  private Map<String, Parameter> parameters(List<String> names) {
    var found = new HashMap<String, Parameter>();
    for (int from = 0; from < names.size(); from += AT_A_TIME) {
      var some = names.subList(from, Math.min(names.size(), from + AT_A_TIME));
      for (Parameter parameter : ssm.getParameters(get -> get.names(some)).parameters()) {
        found.put(parameter.name(), parameter);
      }
    }
    return found;
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
