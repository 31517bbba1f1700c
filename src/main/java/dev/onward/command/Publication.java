package dev.onward.command;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Images that a person publishes under a label, as a build does.
 *
 * @param mayBeNew whether parameters may be created: a misspelt name must not create one
 */
public record Publication(Label label, SortedMap<ServiceId, ImageRef> images, boolean mayBeNew) {
  public Publication {
    images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
  }
}
