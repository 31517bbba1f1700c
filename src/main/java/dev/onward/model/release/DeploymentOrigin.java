package dev.onward.model.release;

import dev.onward.model.InvalidValueException;
import java.util.Locale;

/** Who decided on a deployment. */
public enum DeploymentOrigin {
  /** Onward's own promotion policy. */
  AUTOMATION,
  /** A person, through Onward. */
  PERSON,
  /** The older tool: found in the releases table while Onward was managing the environment. */
  ADOPTED,
  /** Already in the releases table when Onward first observed the environment. */
  FIRST_SIGHT;

  /** The name used in tables, metrics and the API: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static DeploymentOrigin ofName(String word) {
    for (DeploymentOrigin origin : values()) {
      if (origin.word().equals(word)) {
        return origin;
      }
    }
    throw new InvalidValueException("origin", word, "automation, person, adopted or first_sight");
  }
}
