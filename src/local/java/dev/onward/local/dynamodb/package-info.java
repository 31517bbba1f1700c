/** DynamoDB Local, run inside this process and reached through the local AWS's one port. */
@NullMarked
package dev.onward.local.dynamodb;

import org.jspecify.annotations.NullMarked;
