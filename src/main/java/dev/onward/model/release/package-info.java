/** Images, releases, deployments and the heads of labels and environments. */
@NullMarked
package dev.onward.model.release;

import org.jspecify.annotations.NullMarked;
