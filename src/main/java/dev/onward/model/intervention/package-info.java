/**
 * What operators set on a project or on everything: holds, freezes, stops, rejections and
 * approvals.
 */
@NullMarked
package dev.onward.model.intervention;

import org.jspecify.annotations.NullMarked;
