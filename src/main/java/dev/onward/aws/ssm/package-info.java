/** Parameter Store and Change Calendars. */
@NullMarked
package dev.onward.aws.ssm;

import org.jspecify.annotations.NullMarked;
