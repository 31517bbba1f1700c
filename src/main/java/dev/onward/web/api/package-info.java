/** REST resources that read. */
@NullMarked
package dev.onward.web.api;

import org.jspecify.annotations.NullMarked;
