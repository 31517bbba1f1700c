package dev.onward.model;

/** One person's word that a release may go to an environment, as far as approvals are needed. */
public record Approval(ReleaseId release, EnvironmentId environment, Intervention given) {}
