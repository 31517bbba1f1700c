package dev.onward.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An overlay of the plain manifests, as {@code kubectl apply -k} would apply it. */
final class Overlay {
  private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

  private Overlay() {}

  static ClusterObjects render(String name) {
    return ClusterObjects.of(
        RENDERED.computeIfAbsent(
            name,
            _ -> Tool.orSkip("kubectl").output(List.of("kustomize", "k8s/overlays/" + name))));
  }
}
