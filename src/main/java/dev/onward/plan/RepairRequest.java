package dev.onward.plan;

import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;

/**
 * An operator's decision to write an environment's parameters as its current release defines them,
 * as a change of its head. Its write is conditional on the head and the interventions that were
 * read.
 *
 * @param interventions the version of the interventions the decision is based on
 * @param detail the reason, and what is overridden
 */
public record RepairRequest(
    Release release,
    EnvironmentHead from,
    EnvironmentHead to,
    long interventions,
    Attribution attribution,
    String detail) {}
