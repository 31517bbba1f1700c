package dev.onward.lease;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Identifies this process among the replicas. */
@ApplicationScoped
public class ReplicaIdentity {
  private static final int RANDOM_LENGTH = 8;

  private final String id =
      Optional.ofNullable(System.getenv("HOSTNAME"))
              .filter(name -> !name.isBlank())
              .orElse("onward")
          + "-"
          + UUID.randomUUID().toString().substring(0, RANDOM_LENGTH);

  private final Instant startedAt = Instant.now();

  /** Creates the id at start-up rather than at its first use. */
  void onStart(@Observes StartupEvent event) {}

  /**
   * The host name, which in a cluster is the pod's name, and a random suffix: a process restarted
   * on the same host is a different replica and does not inherit the lease.
   */
  public String id() {
    return id;
  }

  public Instant startedAt() {
    return startedAt;
  }
}
