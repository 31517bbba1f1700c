/** Response bodies of the REST API. */
@NullMarked
package dev.onward.web.api.view;

import org.jspecify.annotations.NullMarked;
