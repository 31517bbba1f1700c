/** Project manifests in force: read from a directory, watched and reloaded. */
@NullMarked
package dev.onward.manifest;

import org.jspecify.annotations.NullMarked;
