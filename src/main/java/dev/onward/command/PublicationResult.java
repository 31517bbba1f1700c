package dev.onward.command;

import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.command.PublicationForecast;
import dev.onward.store.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The result of a {@link Publication}. */
public sealed interface PublicationResult {
  /** It conflicts with the current state; nothing was written. */
  record Refused(String reason) implements PublicationResult {}

  /**
   * It was started, or previewed.
   *
   * @param services each, in the order in which they are written
   * @param failure what ended it before all were written
   * @param forecast the consequences, for a preview, where they could be computed
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
   * @param before a description of the previous value; absent if there was none
   * @param version of the parameter, if it has the requested value; absent otherwise
   */
  record Published(
      ServiceId service,
      Optional<String> before,
      ImageRef after,
      Optional<Long> version,
      State state) {}

  /** The state of a parameter. */
  enum State {
    /** It has been written. */
    WRITTEN,
    /** It already had the requested value and was not written. */
    UNCHANGED,
    /** Its write failed; without a response it may have been applied nevertheless. */
    FAILED,
    /** It was not written: this is a preview, or an earlier write failed. */
    UNTOUCHED
  }
}
