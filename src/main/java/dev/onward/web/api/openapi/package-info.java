/** What the OpenAPI document gets beyond the annotations. */
@NullMarked
package dev.onward.web.api.openapi;

import org.jspecify.annotations.NullMarked;
