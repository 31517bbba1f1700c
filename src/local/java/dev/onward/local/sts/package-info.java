/** The local Security Token Service: temporary credentials, and whom an access key stands for. */
@NullMarked
package dev.onward.local.sts;

import org.jspecify.annotations.NullMarked;
