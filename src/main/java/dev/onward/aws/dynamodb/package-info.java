/** What the DynamoDB adapters share: tables, items, attribute values and dates. */
@NullMarked
package dev.onward.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
