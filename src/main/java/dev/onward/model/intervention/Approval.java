package dev.onward.model.intervention;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;

/** One person's word that a release may go to an environment, as far as approvals are needed. */
public record Approval(ReleaseId release, EnvironmentId environment, Attribution given) {}
