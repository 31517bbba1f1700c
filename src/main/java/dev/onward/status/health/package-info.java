/** Liveness, readiness and start-up checks. */
@NullMarked
package dev.onward.status.health;

import org.jspecify.annotations.NullMarked;
