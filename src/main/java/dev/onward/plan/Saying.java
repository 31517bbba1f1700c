package dev.onward.plan;

import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.OperatorWord;

/**
 * An operator's word, as the change it makes. Its write is conditional on nobody else having said
 * anything since {@code from} was read.
 */
public record Saying(OperatorWord word, Intervention said, Interventions from, Interventions to) {}
