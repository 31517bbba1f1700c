/** The HTTP front of the local AWS: AWS's requests, answers and errors as they look on the wire. */
@NullMarked
package dev.onward.local.http;

import org.jspecify.annotations.NullMarked;
