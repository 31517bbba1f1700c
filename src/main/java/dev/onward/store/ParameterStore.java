package dev.onward.store;

import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.release.ImageRef;
import java.util.List;

/** The port to the parameters of one project. Every method throws {@link StoreException}. */
public interface ParameterStore {
  /**
   * All parameters under the project's images path, in no particular order. Complete or nothing:
   * throws if any page fails.
   */
  ParameterListing list(ProjectId project);

  /** The retained versions of a parameter, oldest first. */
  List<ParameterVersion> history(ParameterName name);

  /**
   * Writes a String parameter unconditionally.
   *
   * @param description truncated to SSM's limit (1,024 characters), at a character boundary
   * @return the new version
   */
  long put(ParameterName name, ImageRef image, String description);
}
