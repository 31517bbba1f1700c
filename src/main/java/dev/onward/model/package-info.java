/**
 * What Onward talks about: validated ids, images, releases, deployments and the heads that say what
 * is where.
 */
@NullMarked
package dev.onward.model;

import org.jspecify.annotations.NullMarked;
