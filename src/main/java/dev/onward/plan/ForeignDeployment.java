package dev.onward.plan;

import dev.onward.model.Deployment;
import dev.onward.model.Release;

/** A deployment in the releases table that Onward did not make: the old tool's, so a person's. */
public record ForeignDeployment(Release release, Deployment deployment) {}
