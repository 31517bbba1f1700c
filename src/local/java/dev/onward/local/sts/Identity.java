package dev.onward.local.sts;

/**
 * Whom an access key stands for.
 *
 * @param userId as GetCallerIdentity shows it
 */
public record Identity(String arn, String userId, String account) {}
