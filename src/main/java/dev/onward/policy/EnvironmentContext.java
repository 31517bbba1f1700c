package dev.onward.policy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.InterventionState;
import java.time.Instant;

/**
 * What is true of an environment whichever release comes, or none.
 *
 * @param globalInterventions what operators have said about everything
 * @param project what operators have said about this project
 */
public record EnvironmentContext(
    EnvironmentId target,
    InterventionState globalInterventions,
    InterventionState project,
    Instant now) {}
