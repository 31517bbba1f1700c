package dev.onward.command;

import dev.onward.command.PublicationResult.Published;
import dev.onward.command.PublicationResult.State;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.plan.command.PublicationForecast;
import dev.onward.reconcile.observe.ImageListing;
import dev.onward.store.AuditWriter;
import dev.onward.store.Failure;
import dev.onward.store.ProjectStores;
import dev.onward.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Publishes images by writing a label's parameters. SSM has no conditional put: of two concurrent
 * publications the last value wins, and the parameter's history and the audit trail record both.
 */
public final class ImagePublisher {
  private final InstantSource clock;

  public ImagePublisher(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Throws {@link StoreException} if the current values cannot be read; nothing was written then.
   *
   * @param attribution who publishes and why
   * @param dryRun whether to only compute the changes
   */
  public PublicationResult publish(
      DesiredState desired,
      ProjectStores stores,
      Publication publication,
      Attribution attribution,
      boolean dryRun) {
    if (isEnvironment(desired, publication)) {
      return environmentRefused(publication);
    }
    var there =
        ImageListing.of(desired.project(), stores.parameters().list(desired.project()).parameters())
            .at(publication.label());
    return refusal(desired, publication, there)
        .<PublicationResult>map(PublicationResult.Refused::new)
        .orElseGet(() -> publish(desired, stores, publication, attribution, there, dryRun));
  }

  /** What the publication would change, and its consequences; nothing is written. */
  public PublicationResult preview(
      DesiredState desired,
      ObservedState observed,
      Publication publication,
      PublicationForecast.Planning planning) {
    if (isEnvironment(desired, publication)) {
      return environmentRefused(publication);
    }
    var there = observed.parameters(publication.label());
    return refusal(desired, publication, there)
        .<PublicationResult>map(PublicationResult.Refused::new)
        .orElseGet(
            () ->
                new PublicationResult.Ended(
                    publication.images().keySet().stream()
                        .map(it -> planned(publication, it, Optional.ofNullable(there.get(it))))
                        .toList(),
                    Optional.empty(),
                    PublicationForecast.of(
                        planning,
                        desired,
                        observed,
                        publication.label(),
                        publication.images(),
                        clock.instant())));
  }

  private static boolean isEnvironment(DesiredState desired, Publication publication) {
    return desired.environment(new EnvironmentId(publication.label().value())).isPresent();
  }

  private static PublicationResult.Refused environmentRefused(Publication publication) {
    return new PublicationResult.Refused(
        "%s is an environment, whose parameters only Onward writes; publish under a label"
            .formatted(publication.label()));
  }

  private static Optional<String> refusal(
      DesiredState desired,
      Publication publication,
      SortedMap<ServiceId, ObservedParameter> there) {
    List<String> missing =
        publication.images().keySet().stream()
            .filter(service -> !there.containsKey(service))
            .map(service -> name(desired, publication, service).path())
            .toList();
    if (!missing.isEmpty() && !publication.mayBeNew()) {
      return Optional.of(
          "there is no parameter %s yet; \"new\": true creates it"
              .formatted(String.join(", ", missing)));
    }
    return publication.images().keySet().stream()
        .flatMap(service -> Optional.ofNullable(there.get(service)).stream())
        .filter(parameter -> parameter.value() instanceof ObservedParameter.Value.WrongType)
        .map(
            parameter ->
                "%s is %s; only a String can name an image, and SSM changes no parameter's type"
                    .formatted(
                        name(desired, publication, parameter.service()), parameter.describe()))
        .reduce((one, other) -> one + "; " + other);
  }

  private PublicationResult publish(
      DesiredState desired,
      ProjectStores stores,
      Publication publication,
      Attribution attribution,
      SortedMap<ServiceId, ObservedParameter> there,
      boolean dryRun) {
    var services = new ArrayList<Published>();
    Optional<Failure> failure = Optional.empty();
    for (ServiceId service : publication.images().keySet()) {
      Published planned = planned(publication, service, Optional.ofNullable(there.get(service)));
      if (dryRun || failure.isPresent() || planned.state() == State.UNCHANGED) {
        services.add(planned);
        continue;
      }
      try {
        services.add(
            written(
                planned, put(name(desired, publication, service), planned, stores, attribution)));
      } catch (StoreException e) {
        services.add(with(planned, Optional.empty(), State.FAILED));
        failure = Optional.of(e.failure());
      }
    }
    return new PublicationResult.Ended(services, failure);
  }

  private static Published planned(
      Publication publication, ServiceId service, Optional<ObservedParameter> there) {
    ImageRef image = image(publication, service);
    Optional<Long> same =
        there
            .filter(it -> it.image().filter(image::equals).isPresent())
            .map(ObservedParameter::version);
    return new Published(
        service,
        there.map(ObservedParameter::describe),
        image,
        same,
        same.isPresent() ? State.UNCHANGED : State.UNTOUCHED);
  }

  /** A write with unknown outcome is recorded as well: otherwise nothing would show it. */
  private long put(
      ParameterName name, Published planned, ProjectStores stores, Attribution attribution) {
    try {
      long version =
          stores
              .parameters()
              .put(
                  name,
                  planned.after(),
                  "%s through Onward: %s".formatted(attribution.by().name(), attribution.reason()));
      note(stores, name, planned, attribution, attribution.reason());
      return version;
    } catch (StoreException e) {
      if (e.isPerhapsDone()) {
        note(stores, name, planned, attribution, "outcome unknown: " + attribution.reason());
      }
      throw e;
    }
  }

  private void note(
      ProjectStores stores,
      ParameterName name,
      Published planned,
      Attribution attribution,
      String detail) {
    AuditWriter.note(
        stores.audit(),
        AuditWriter.event(
            clock.instant(),
            "image_published",
            attribution.by(),
            name.path(),
            planned.before(),
            Optional.of(planned.after().value()),
            detail));
  }

  private static Published written(Published planned, long version) {
    return with(planned, Optional.of(version), State.WRITTEN);
  }

  private static Published with(Published it, Optional<Long> version, State state) {
    return new Published(it.service(), it.before(), it.after(), version, state);
  }

  private static ImageRef image(Publication publication, ServiceId service) {
    return Objects.requireNonNull(publication.images().get(service), service::value);
  }

  private static ParameterName name(
      DesiredState desired, Publication publication, ServiceId service) {
    return new ParameterName(desired.project(), publication.label(), service);
  }
}
