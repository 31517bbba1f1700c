/** Readers of a manifest's sections, from a document to the desired state. */
@NullMarked
package dev.onward.manifest.reader;

import org.jspecify.annotations.NullMarked;
