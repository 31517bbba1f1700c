/** The adapters to AWS: Parameter Store and DynamoDB, and what their failures mean. */
@NullMarked
package dev.onward.aws;

import org.jspecify.annotations.NullMarked;
