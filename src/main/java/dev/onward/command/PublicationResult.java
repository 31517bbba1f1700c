package dev.onward.command;

import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.command.PublicationForecast;
import dev.onward.store.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of a {@link Publication}. */
public sealed interface PublicationResult {
  /** It contradicts what is there; nothing was written. */
  record Refused(String reason) implements PublicationResult {}

  /**
   * It was begun, or looked at.
   *
   * @param services each, in the order in which they are written
   * @param failure what ended it before all were written
   * @param forecast of a preview, where it could be made: what follows
   */
  record Ended(
      List<Published> services, Optional<Failure> failure, Optional<PublicationForecast> forecast)
      implements PublicationResult {
    public Ended {
      services = List.copyOf(services);
    }

    public Ended(List<Published> services, Optional<Failure> failure) {
      this(services, failure, Optional.empty());
    }

    public Stream<Published> written() {
      return services.stream().filter(it -> it.state() == State.WRITTEN);
    }
  }

  /**
   * One service's parameter.
   *
   * @param before what was there, in words for people; absent if nothing was
   * @param version of the parameter, if that is as asked for; absent otherwise
   */
  record Published(
      ServiceId service,
      Optional<String> before,
      ImageRef after,
      Optional<Long> version,
      State state) {}

  /** Where a parameter stands. */
  enum State {
    /** It has been written. */
    WRITTEN,
    /** It was as asked for already, and was left alone. */
    UNCHANGED,
    /** Its write failed; where no answer came, it may have been written all the same. */
    FAILED,
    /** It was not written: this is a preview, or another failed before. */
    UNTOUCHED
  }
}
