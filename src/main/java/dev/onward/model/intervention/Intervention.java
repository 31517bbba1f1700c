package dev.onward.model.intervention;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;

/** What an operator can say to change what automation does. Each word is kept and audited. */
public sealed interface Intervention {
  /** As the audit trail names it. */
  String event();

  /** What it is said of, for the audit trail: an environment, a release, or everything. */
  String subject();

  /** Nothing is promoted to the environment, and nothing repaired there. */
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

  /** The release goes nowhere further. */
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

  /** Takes back an approval: one's own, for nobody can know better why it was given. */
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
   * Nothing is promoted for some time.
   *
   * @param id chosen by whoever asks, so that asking again is the same freeze
   * @param environment absent for all of the project, or for everything
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
   * Lifts a freeze that is for exactly this and nothing else, so that nobody lifts one for all of
   * the project who meant one environment.
   *
   * @param environment absent if the freeze is for all of the project, or for everything
   */
  record LiftFreeze(String id, Optional<EnvironmentId> environment) implements Intervention {
    /** One of all of the project, or of everything. */
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

  /** Automation decides nothing any more: no release is cut, promoted or repaired. */
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
