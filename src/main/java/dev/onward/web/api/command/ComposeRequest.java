package dev.onward.web.api.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A release as somebody wants it put together. */
record ComposeRequest(
    @NotNull
        @Schema(
            implementation = String.class,
            description = "An environment of the project, or else a label")
        EnvironmentId from,
    @Schema(description = "The services whose images come from elsewhere")
        @Nullable Map<ServiceId, Replacement> services,
    @NotNull Reason reason,
    @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
    implements CommandBody {

  OperatorCommand.Compose command(DesiredState desired) {
    Source source = desired.environment(from).isPresent() ? from : new Label(from.value());
    var all = new TreeMap<ServiceId, OperatorCommand.Replacement>();
    if (services != null) {
      services.forEach((service, replacement) -> all.put(service, replacement.toCommand()));
    }
    return new OperatorCommand.Compose(source, all);
  }

  /** Where a service's image comes from instead: exactly one of the two. */
  record Replacement(
      @Schema(implementation = String.class, description = "The label under which it is published")
          @Nullable Label label,
      @Schema(implementation = String.class, description = "The image itself")
          @Nullable ImageRef image) {
    static final String ALLOWED = "{\"label\": \"…\"} or {\"image\": \"…\"}";

    Replacement {
      if ((label == null) == (image == null)) {
        String found = label == null ? "neither a label nor an image" : "both a label and an image";
        throw new InvalidValueException("replacement", found, ALLOWED);
      }
    }

    private OperatorCommand.Replacement toCommand() {
      return image != null
          ? new OperatorCommand.Replacement.Given(image)
          : new OperatorCommand.Replacement.FromLabel(Objects.requireNonNull(label));
    }
  }
}
