/** Manifests as people write them, well and badly, and what becomes of them. */
@NullMarked
package dev.onward.manifest;

import org.jspecify.annotations.NullMarked;
