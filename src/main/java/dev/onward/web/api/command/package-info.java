/** REST resources that execute commands, and their request bodies. */
@NullMarked
package dev.onward.web.api.command;

import org.jspecify.annotations.NullMarked;
