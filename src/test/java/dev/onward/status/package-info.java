/** What is shown of cycles: played out on the real planner, without AWS and without Quarkus. */
@NullMarked
package dev.onward.status;

import org.jspecify.annotations.NullMarked;
