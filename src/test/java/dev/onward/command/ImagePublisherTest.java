package dev.onward.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.command.PublicationResult.Published;
import dev.onward.command.PublicationResult.State;
import dev.onward.model.AuditEvent;
import dev.onward.model.Label;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.ImageRef;
import dev.onward.reconcile.CallHook;
import dev.onward.reconcile.MemoryParameterStore;
import dev.onward.reconcile.MemoryReleaseStore;
import dev.onward.reconcile.MemoryStores;
import dev.onward.reconcile.MovableClock;
import dev.onward.reconcile.TestProjects;
import dev.onward.store.Failure;
import dev.onward.store.ProjectStores;
import dev.onward.store.RequestContext;
import dev.onward.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImagePublisherTest {
  private static final String BAGS = "/storage/images/latest/bags";

  private final MovableClock clock = new MovableClock();
  private final MemoryParameterStore parameters = new MemoryParameterStore(clock);
  private final ProjectStores stores = MemoryStores.of(parameters, new MemoryReleaseStore());
  private final ImagePublisher publisher = new ImagePublisher(clock);

  @Test
  void onlyWhatDiffersIsWrittenAndTheRestIsLeftAlone() {
    parameters.write(BAGS, image("bags", 1).value());
    parameters.write("/storage/images/latest/mets", image("mets", 1).value());
    List<Published> services = done(publish("latest", Map.of("bags", 2, "mets", 1), false));
    assertThat(services)
        .extracting(Published::state)
        .containsExactly(State.WRITTEN, State.UNCHANGED);
    assertThat(services)
        .extracting(Published::version)
        .containsExactly(Optional.of(2L), Optional.of(1L));
    assertThat(services.getFirst().before()).contains(image("bags", 1).value());
    assertThat(parameters.value(BAGS)).contains(image("bags", 2).value());
    assertThat(parameters.description(BAGS)).contains("Alice through Onward: INC-42");
  }

  @Test
  void everyImageIsAnEventOfTheAuditTrail() {
    parameters.write(BAGS, image("bags", 1).value());
    RequestContext.doing("request-1", () -> publish("latest", Map.of("bags", 2), false));
    AuditEvent event = stores.audit().page(10, Optional.empty()).events().getFirst();
    assertThat(event.event()).isEqualTo("image_published");
    assertThat(event.who().id()).isEqualTo("alice");
    assertThat(event.subject()).isEqualTo(BAGS);
    assertThat(event.before()).contains(image("bags", 1).value());
    assertThat(event.after()).contains(image("bags", 2).value());
    assertThat(event.detail()).isEqualTo("INC-42");
    assertThat(event.request()).isEqualTo("request-1");
  }

  @Test
  void aPreviewWritesNothing() {
    parameters.write(BAGS, image("bags", 1).value());
    List<Published> services =
        done(
            publisher.publish(
                TestProjects.DESIRED,
                stores,
                publication("latest", Map.of("bags", 2), false),
                said(),
                true));
    assertThat(services).extracting(Published::state).containsExactly(State.UNTOUCHED);
    assertThat(parameters.version(BAGS)).isEqualTo(1);
    assertThat(stores.audit().page(10, Optional.empty()).events()).isEmpty();
  }

  @Test
  void aMisspeltNameMakesNoParameter() {
    parameters.write(BAGS, image("bags", 1).value());
    assertThat(refused(publish("latest", Map.of("bugs", 2), false)))
        .isEqualTo(
            "there is no parameter /storage/images/latest/bugs yet; \"new\": true creates it");
    assertThat(refused(publish("lastet", Map.of("bags", 2), false))).contains("lastet/bags");
    assertThat(done(publish("lastet", Map.of("bags", 2), true)).getFirst().version()).contains(1L);
  }

  @Test
  void anEnvironmentIsNoLabel() {
    assertThat(refused(publish("stage", Map.of("bags", 2), true)))
        .startsWith("stage is an environment");
  }

  @Test
  void aParameterOfAnotherTypeIsLeftToPeople() {
    parameters.write(BAGS, "SecureString", "secret", "somebody");
    assertThat(refused(publish("latest", Map.of("bags", 2), false)))
        .isEqualTo(
            BAGS
                + " is a SecureString; only a String can name an image, and SSM changes no"
                + " parameter's type");
  }

  @Test
  void whatIsNoImageCanBeMendedByPublishing() {
    parameters.write(BAGS, "oops");
    Published mended = done(publish("latest", Map.of("bags", 2), false)).getFirst();
    assertThat(mended.before()).contains("'oops', which is not an image reference");
    assertThat(mended.state()).isEqualTo(State.WRITTEN);
  }

  @Test
  void afterAFailureNothingMoreIsWrittenAndItIsSaidWhatWas() {
    for (String service : List.of("a", "b", "c")) {
      parameters.write("/storage/images/latest/" + service, image(service, 1).value());
    }
    parameters.hook(failingTheSecond("put"));
    var report = (PublicationResult.Ended) publish("latest", Map.of("a", 2, "b", 2, "c", 2), false);
    assertThat(report.services())
        .extracting(Published::state)
        .containsExactly(State.WRITTEN, State.FAILED, State.UNTOUCHED);
    assertThat(report.failure()).contains(Failure.transientOne("throttled"));
    assertThat(parameters.version("/storage/images/latest/c")).isEqualTo(1);
  }

  @Test
  void whatMayHaveBeenWrittenIsOnRecordAndWhatWasNotIsNot() {
    parameters.write(BAGS, image("bags", 1).value());
    var failure = Failure.transientOne("no answer");
    parameters.hook(failing(new StoreException(failure, true, new IOException("timed out"))));
    publish("latest", Map.of("bags", 2), false);
    List<AuditEvent> events = stores.audit().page(10, Optional.empty()).events();
    assertThat(events).extracting(AuditEvent::event).containsExactly("image_published");
    assertThat(events.getFirst().after()).contains(image("bags", 2).value());
    assertThat(events.getFirst().detail()).isEqualTo("outcome unknown: INC-42");

    parameters.hook(failing(new StoreException(failure)));
    publish("latest", Map.of("bags", 3), false);
    assertThat(stores.audit().page(10, Optional.empty()).events()).hasSize(1);
  }

  private static CallHook failing(StoreException failure) {
    return new CallHook() {
      @Override
      public void before(String call) {
        if (call.equals("put")) {
          throw failure;
        }
      }
    };
  }

  private static CallHook failingTheSecond(String failing) {
    return new CallHook() {
      private int calls;

      @Override
      public void before(String call) {
        if (call.equals(failing) && ++calls == 2) {
          throw new StoreException(Failure.transientOne("throttled"));
        }
      }
    };
  }

  private PublicationResult publish(String label, Map<String, Integer> tags, boolean mayBeNew) {
    return publisher.publish(
        TestProjects.DESIRED, stores, publication(label, tags, mayBeNew), said(), false);
  }

  private static Publication publication(
      String label, Map<String, Integer> tags, boolean mayBeNew) {
    SortedMap<ServiceId, ImageRef> images = new TreeMap<>();
    tags.forEach((service, tag) -> images.put(new ServiceId(service), image(service, tag)));
    return new Publication(new Label(label), images, mayBeNew);
  }

  private static ImageRef image(String service, int tag) {
    return new ImageRef("example.com/ns/%s:%d".formatted(service, tag));
  }

  private Attribution said() {
    return new Attribution(
        new Requester("alice", "Alice"), clock.instant(), "INC-42", Optional.empty());
  }

  private static List<Published> done(PublicationResult report) {
    assertThat(report).isInstanceOf(PublicationResult.Ended.class);
    return ((PublicationResult.Ended) report).services();
  }

  private static String refused(PublicationResult report) {
    assertThat(report).isInstanceOf(PublicationResult.Refused.class);
    return ((PublicationResult.Refused) report).reason();
  }
}
