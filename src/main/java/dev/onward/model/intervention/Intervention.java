package dev.onward.model.intervention;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;

/** A change that an operator makes to what automation does. Each is stored and audited. */
public sealed interface Intervention {
  /** The event name in the audit trail. */
  String event();

  /** The audit trail's subject: an environment, a release, or everything. */
  String subject();

  /** Nothing is promoted or repaired in the environment. */
  record Hold(EnvironmentId environment) implements Intervention {
    @Override
    public String event() {
      return "environment_held";
    }

    @Override
    public String subject() {
      return environment.value();
    }
  }

  record Resume(EnvironmentId environment) implements Intervention {
    @Override
    public String event() {
      return "environment_resumed";
    }

    @Override
    public String subject() {
      return environment.value();
    }
  }

  /** The release is not promoted any further. */
  record Reject(ReleaseId release) implements Intervention {
    @Override
    public String event() {
      return "release_rejected";
    }

    @Override
    public String subject() {
      return release.value();
    }
  }

  record Unreject(ReleaseId release) implements Intervention {
    @Override
    public String event() {
      return "release_unrejected";
    }

    @Override
    public String subject() {
      return release.value();
    }
  }

  record Approve(ReleaseId release, EnvironmentId environment) implements Intervention {
    @Override
    public String event() {
      return "release_approved";
    }

    @Override
    public String subject() {
      return release.value() + " for " + environment;
    }
  }

  /** Withdraws an approval. Operators can withdraw only their own. */
  record Withdraw(ReleaseId release, EnvironmentId environment) implements Intervention {
    @Override
    public String event() {
      return "approval_withdrawn";
    }

    @Override
    public String subject() {
      return release.value() + " for " + environment;
    }
  }

  /**
   * Nothing is promoted for a period.
   *
   * @param id chosen by the client, so that a retry sets the same freeze
   * @param environment absent for the whole project, or for a global freeze
   */
  record SetFreeze(String id, Optional<EnvironmentId> environment, Optional<Instant> from)
      implements Intervention {
    @Override
    public String event() {
      return "freeze_set";
    }

    @Override
    public String subject() {
      return environment.map(EnvironmentId::value).orElse("everything");
    }
  }

  /**
   * Lifts a freeze of exactly this scope, so that a request meant for one environment cannot lift a
   * freeze of the whole project.
   *
   * @param environment absent if the freeze applies to the whole project, or globally
   */
  record LiftFreeze(String id, Optional<EnvironmentId> environment) implements Intervention {
    /** Lifts a freeze of the whole project, or a global one. */
    public LiftFreeze(String id) {
      this(id, Optional.empty());
    }

    @Override
    public String event() {
      return "freeze_lifted";
    }

    @Override
    public String subject() {
      return id;
    }
  }

  /** Stops automation: no release is cut, promoted or repaired. */
  record StopEverything() implements Intervention {
    @Override
    public String event() {
      return "everything_stopped";
    }

    @Override
    public String subject() {
      return "everything";
    }
  }

  record ResumeEverything() implements Intervention {
    @Override
    public String event() {
      return "everything_resumed";
    }

    @Override
    public String subject() {
      return "everything";
    }
  }
}
