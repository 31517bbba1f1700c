/** JSON and YAML documents with places, values and problems. */
@NullMarked
package dev.onward.manifest.document;

import org.jspecify.annotations.NullMarked;
