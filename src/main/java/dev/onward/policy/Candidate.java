package dev.onward.policy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Release;
import dev.onward.model.Source;
import java.time.Instant;

/**
 * A release that may go to an environment, with the facts that gates judge it by.
 *
 * @param convergedInSource whether the source's parameters are already this release's, which is
 *     always so for a label
 */
public record Candidate(
    Release release, Source source, EnvironmentId target, boolean convergedInSource, Instant now) {}
