package dev.onward.simulation;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.Action;
import dev.onward.store.ParameterListing;
import dev.onward.store.ParameterStore;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.util.HashSet;
import java.util.Set;

/**
 * Stores that let an environment be reopened only if something failed, or all of its parameters
 * could be written when they were listed.
 */
final class SilentBesideAnotherType {
  private final Set<String> beside = new HashSet<>();

  ParameterStore parameters(ParameterStore real) {
    return new BuggyParameters(real) {
      @Override
      public ParameterListing list(ProjectId project) {
        ParameterListing listing = super.list(project);
        beside.clear();
        listing.parameters().stream()
            .filter(it -> !it.type().equals("String"))
            .forEach(it -> beside.add(it.name().split("/", -1)[3]));
        return listing;
      }

      @Override
      public long put(ParameterName name, ImageRef image, String description) {
        try {
          return super.put(name, image, description);
        } catch (StoreException e) {
          beside.remove(name.location().value());
          throw e;
        }
      }
    };
  }

  ReleaseStore releases(ReleaseStore real) {
    return new BuggyReleases(real) {
      @Override
      public WriteOutcome markConverged(Action.ConvergeParameters action) {
        beside.remove(action.head().environment().value());
        return super.markConverged(action);
      }

      @Override
      public void reopen(EnvironmentId environment) {
        if (!beside.contains(environment.value())) {
          super.reopen(environment);
        }
      }
    };
  }
}
