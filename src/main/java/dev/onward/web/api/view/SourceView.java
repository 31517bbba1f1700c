package dev.onward.web.api.view;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Source;

/**
 * Where an environment takes its releases from.
 *
 * @param kind {@code label} or {@code environment}
 */
record SourceView(String kind, String id) {
  static SourceView of(Source source) {
    return switch (source) {
      case Label label -> new SourceView("label", label.value());
      case EnvironmentId environment -> new SourceView("environment", environment.value());
    };
  }
}
