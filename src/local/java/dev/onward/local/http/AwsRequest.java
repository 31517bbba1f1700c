package dev.onward.local.http;

/**
 * One call, already routed to its service.
 *
 * @param operation the name of the operation, {@code GetParameter} say
 * @param target the whole X-Amz-Target header; empty for the query protocol
 */
public record AwsRequest(String operation, String target, Credential credential, String body) {}
