/** Project manifests: reading, validating and watching them. */
@NullMarked
package dev.onward.manifest;

import org.jspecify.annotations.NullMarked;
