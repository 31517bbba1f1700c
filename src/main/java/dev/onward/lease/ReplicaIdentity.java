package dev.onward.lease;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** This process, told apart from other replicas. */
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

  /** So that it is made at the start, not when somebody first asks. */
  void onStart(@Observes StartupEvent event) {}

  /**
   * The host's name, which in a cluster is the pod's, and a few random letters: a process that is
   * restarted in the same place is another replica, and holds nothing that the one before held.
   */
  public String id() {
    return id;
  }

  public Instant startedAt() {
    return startedAt;
  }
}
