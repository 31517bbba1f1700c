/** The REST resource that replays a policy. */
@NullMarked
package dev.onward.web.api.replay;

import org.jspecify.annotations.NullMarked;
