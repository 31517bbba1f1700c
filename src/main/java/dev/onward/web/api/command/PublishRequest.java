package dev.onward.web.api.command;

import dev.onward.command.Publication;
import dev.onward.command.PublicationResult;
import dev.onward.command.PublicationResult.Published;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.store.Failure;
import dev.onward.web.http.CommandRejectedException;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Images as somebody wants them published. */
final class PublishRequest {
  /** SSM takes three writes a second: more would keep whoever asks waiting. */
  private static final int MOST = 10;

  private static final String IMAGES =
      "an object with the image of each service, of 1 to %s services".formatted(MOST);
  private static final String IMAGE = "an image reference such as host/namespace/name:tag";

  private PublishRequest() {}

  /** What is wrong is in the fields: only after their check may the publication be taken. */
  static Supplier<Publication> read(Fields fields, Label label) {
    Map<ServiceId, ImageRef> images =
        fields.texts("images", MOST, IMAGES, IMAGE, ServiceId::new, ImageRef::new);
    var mayBeNew = fields.flag("new");
    return () -> new Publication(label, new TreeMap<>(images), mayBeNew.get());
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
