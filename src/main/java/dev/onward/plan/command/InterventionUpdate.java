package dev.onward.plan.command;

import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;

/**
 * An operator's word, as the change it makes. Its write is conditional on nobody else having said
 * anything since {@code from} was read.
 */
public record InterventionUpdate(
    Intervention intervention,
    Attribution attribution,
    InterventionState from,
    InterventionState to) {}
