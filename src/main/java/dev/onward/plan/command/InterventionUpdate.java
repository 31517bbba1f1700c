package dev.onward.plan.command;

import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;

/**
 * An intervention as the state change it makes. Its write is conditional on {@code from} being the
 * current state.
 */
public record InterventionUpdate(
    Intervention intervention,
    Attribution attribution,
    InterventionState from,
    InterventionState to) {}
