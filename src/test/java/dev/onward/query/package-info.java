/** Tests of what people ask of a project. */
@NullMarked
package dev.onward.query;

import org.jspecify.annotations.NullMarked;
