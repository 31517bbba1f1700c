/** Calls to AWS: credentials, retries, rate limits and the classification of failures. */
@NullMarked
package dev.onward.aws.client;

import org.jspecify.annotations.NullMarked;
