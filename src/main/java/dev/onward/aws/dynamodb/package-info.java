/** Shared by the DynamoDB adapters: tables, items, attribute values and dates. */
@NullMarked
package dev.onward.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
