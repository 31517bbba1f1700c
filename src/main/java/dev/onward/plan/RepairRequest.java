package dev.onward.plan;

import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;

/**
 * A person's decision that an environment's parameters become what its current release says, as the
 * change of its head. Its write is conditional on the head and on what operators have said being as
 * they were read.
 *
 * @param interventions the version of what operators have said that it was decided by
 * @param detail the reason, and what is passed over
 */
public record RepairRequest(
    Release release,
    EnvironmentHead from,
    EnvironmentHead to,
    long interventions,
    Attribution attribution,
    String detail) {}
