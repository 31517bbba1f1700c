package dev.onward.local;

import dev.onward.local.ssm.LocalSsm;

/**
 * What a build of one service does at its end: it publishes its image under the label {@code
 * latest}.
 *
 * @param commit that was built, and so the image's tag
 */
record DemoBuild(String project, String service, String commit) {

  private static final String REGISTRY =
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/uk.ac.wellcome";

  String parameter() {
    return "/%s/images/latest/%s".formatted(project, service);
  }

  String image() {
    return "%s/%s:%s".formatted(REGISTRY, service, commit);
  }

  void publish(LocalSsm ssm) {
    String description = "Published by builds: %s at %s".formatted(service, commit);
    ssm.putParameter(parameter(), image(), description, "builds");
  }
}
