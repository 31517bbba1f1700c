package dev.onward.simulation;

import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.release.ImageRef;
import dev.onward.store.ParameterListing;
import dev.onward.store.ParameterStore;
import dev.onward.store.ParameterVersion;
import java.util.List;

/** The real store, for bugs to be planted in. */
class BuggyParameters implements ParameterStore {
  private final ParameterStore real;

  BuggyParameters(ParameterStore real) {
    this.real = real;
  }

  @Override
  public ParameterListing list(ProjectId project) {
    return real.list(project);
  }

  @Override
  public List<ParameterVersion> history(ParameterName name) {
    return real.history(name);
  }

  @Override
  public long put(ParameterName name, ImageRef image, String description) {
    return real.put(name, image, description);
  }
}
