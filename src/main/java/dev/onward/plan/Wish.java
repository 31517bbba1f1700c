package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ImageRef;
import dev.onward.model.Label;
import dev.onward.model.OperatorWord;
import dev.onward.model.ReleaseId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a person asks Onward to do with one project. */
public sealed interface Wish {
  /** Something that changes what automation does from now on. */
  record Say(OperatorWord word) implements Wish {}

  /**
   * Deploy a release, newer or older than the current one.
   *
   * @param override whether gates that hold it are passed over, which is recorded
   */
  record Deploy(EnvironmentId environment, ReleaseId release, boolean override) implements Wish {}

  /**
   * Deploy what was there before the current release, or the next older one if that is rejected.
   *
   * @param override as for {@link Deploy}
   */
  record RollBack(EnvironmentId environment, boolean override) implements Wish {}

  /** Cut a release from a label now, settled or not. */
  record Cut(Label label) implements Wish {}

  /**
   * Make a release of the images that are under a label or in an environment now, some of them
   * replaced.
   */
  record Compose(Source from, SortedMap<ServiceId, Replacement> replacements) implements Wish {
    public Compose {
      replacements = Collections.unmodifiableSortedMap(new TreeMap<>(replacements));
    }
  }

  /**
   * A wish of somebody who has looked at what operators have said of the project: it is only
   * granted while just that stands.
   *
   * @param version of the project's interventions
   */
  record Expecting(long version, Wish wish) implements Wish {}

  /** Where a service's image comes from instead. */
  sealed interface Replacement {
    record FromLabel(Label label) implements Replacement {}

    record Given(ImageRef image) implements Replacement {}
  }
}
