package dev.onward.web.api.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.plan.command.OperatorCommand.Replacement;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A release as somebody wants it put together. */
final class ComposeRequest {
  private static final String NAME = "an environment of this project, or a label";
  private static final String IMAGE = "an image reference such as host/namespace/name:tag";
  private static final String SERVICE = "{\"label\": \"…\"} or {\"image\": \"…\"}";
  private static final String SERVICES = "an object with %s for each service".formatted(SERVICE);

  private ComposeRequest() {}

  /** What is wrong is in the fields: only after their check may the wish be taken. */
  static Supplier<OperatorCommand.Compose> read(Fields fields, DesiredState desired) {
    var from = fields.required("from", NAME, text -> source(text, desired));
    var replacements = new TreeMap<ServiceId, Supplier<Replacement>>();
    fields.each(
        "services",
        SERVICES,
        name -> new ServiceId(name),
        (service, its) -> replacements.put(service, replacement(its)));
    return () -> {
      var all = new TreeMap<ServiceId, Replacement>();
      replacements.forEach((service, replacement) -> all.put(service, replacement.get()));
      return new OperatorCommand.Compose(from.get(), all);
    };
  }

  private static Source source(String text, DesiredState desired) {
    var environment = new EnvironmentId(text);
    return desired.environment(environment).isPresent() ? environment : new Label(text);
  }

  private static Supplier<Replacement> replacement(Fields its) {
    var label = its.optional("label", "a label", Label::new);
    var image = its.optional("image", IMAGE, ImageRef::new);
    if (its.has("label") == its.has("image")) {
      its.errorHere(
          its.has("label") ? "both a label and an image" : "neither a label nor an image", SERVICE);
    }
    return () ->
        label
            .get()
            .<Replacement>map(Replacement.FromLabel::new)
            .orElseGet(() -> new Replacement.Given(image.get().orElseThrow()));
  }
}
