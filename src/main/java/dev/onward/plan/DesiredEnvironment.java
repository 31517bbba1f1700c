package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.gate.PromotionPolicy;
import java.util.Optional;

/** One environment of a manifest. Without a policy nothing is promoted to it automatically. */
public record DesiredEnvironment(
    EnvironmentId id,
    String name,
    Optional<PromotionPolicy> promotion,
    DriftPolicy parameterDrift) {}
