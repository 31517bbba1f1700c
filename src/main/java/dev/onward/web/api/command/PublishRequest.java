package dev.onward.web.api.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.onward.command.Publication;
import dev.onward.command.PublicationResult;
import dev.onward.command.PublicationResult.Published;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.store.Failure;
import dev.onward.web.http.CommandRejectedException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Images as somebody wants them published. */
record PublishRequest(
    @NotNull(message = IMAGES)
        @Size(min = 1, max = MOST, message = IMAGES)
        @Schema(type = SchemaType.OBJECT, description = "Each service's image, of 1 to 10 services")
        Map<ServiceId, ImageRef> images,
    @JsonProperty("new")
        @Schema(
            description =
                "Whether parameters may be created: else a service without one is refused",
            defaultValue = "false")
        boolean mayBeNew,
    @NotNull Reason reason)
    implements CommandBody {
  /** SSM takes three writes a second: more would keep whoever asks waiting. */
  private static final int MOST = 10;

  private static final String IMAGES =
      "an object with the image of each service, of 1 to " + MOST + " services";

  Publication publication(Label label) {
    return new Publication(label, new TreeMap<>(images), mayBeNew);
  }

  /** Throws {@link CommandRejectedException} unless all was published, or would be. */
  static PublicationResult.Ended granted(PublicationResult report) {
    return switch (report) {
      case PublicationResult.Refused(String reason) ->
          throw new CommandRejectedException(Status.CONFLICT, reason);
      case PublicationResult.Ended ended -> {
        if (ended.failure().isPresent()) {
          throw CommandRejectedException.perhapsDone(
              inPart(ended.services(), ended.failure().get()));
        }
        yield ended;
      }
    };
  }

  private static String inPart(List<Published> services, Failure failure) {
    return "not all was published, look before you ask again: %s; %s"
        .formatted(
            services.stream()
                .map(it -> "%s %s".formatted(it.service(), words(it)))
                .collect(Collectors.joining(", ")),
            failure.message());
  }

  private static String words(Published it) {
    Optional<Long> version = it.version();
    return switch (it.state()) {
      case WRITTEN -> "was written as version %s".formatted(version.orElseThrow());
      case UNCHANGED -> "was there already";
      case FAILED -> "failed, and may have been written all the same";
      case UNTOUCHED -> "was not written";
    };
  }
}
