package dev.onward.policy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.InterventionState;
import java.time.Instant;

/**
 * The state of an environment that does not depend on a release.
 *
 * @param globalInterventions operators' interventions on everything
 * @param project operators' interventions on this project
 */
public record EnvironmentContext(
    EnvironmentId target,
    InterventionState globalInterventions,
    InterventionState project,
    Instant now) {}
