package dev.onward.model.intervention;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;

/** One operator's approval of a release for an environment, valid for gates that need approvals. */
public record Approval(ReleaseId release, EnvironmentId environment, Attribution given) {}
