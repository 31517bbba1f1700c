/** What the words of the model allow. */
@NullMarked
package dev.onward.model;

import org.jspecify.annotations.NullMarked;
