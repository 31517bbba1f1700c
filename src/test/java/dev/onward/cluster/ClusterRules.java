package dev.onward.cluster;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All that is asked of what somebody applies to a cluster. */
final class ClusterRules {
  private ClusterRules() {}

  static List<String> problems(ClusterObjects objects) {
    return problems(objects, Set.of());
  }

  /**
   * @param elsewhere names of ConfigMaps, Secrets and ServiceAccounts that somebody else makes
   */
  static List<String> problems(ClusterObjects objects, Set<String> elsewhere) {
    return Stream.of(
            KnownFields.problems(objects),
            RestrictedPods.problems(objects),
            References.problems(objects, elsewhere),
            NetworkPolicyPorts.problems(objects),
            OnwardSettings.problems(objects))
        .flatMap(List::stream)
        .toList();
  }
}
