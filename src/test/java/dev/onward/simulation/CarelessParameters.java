package dev.onward.simulation;

import dev.onward.model.ImageRef;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.reconcile.ParameterListing;
import dev.onward.reconcile.ParameterStore;
import dev.onward.reconcile.ParameterVersion;
import java.util.List;

/** The real store, for bugs to be planted in. */
class CarelessParameters implements ParameterStore {
  private final ParameterStore real;

  CarelessParameters(ParameterStore real) {
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
