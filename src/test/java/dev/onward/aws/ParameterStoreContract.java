package dev.onward.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.ImageRef;
import dev.onward.store.ListedParameter;
import dev.onward.store.ParameterStore;
import dev.onward.store.ParameterVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What every parameter store must do, whatever keeps its parameters. */
public abstract class ParameterStoreContract {
  static final Label LATEST = new Label("latest");
  public static final EnvironmentId STAGE = new EnvironmentId("stage");

  public abstract ParameterStore store();

  /** Without any parameters at the start of a test. */
  public abstract ProjectId project();

  @Test
  void aProjectWithoutParametersHasAnEmptyListing() {
    assertThat(store().list(project()).parameters()).isEmpty();
  }

  @Test
  void whatIsPutIsListed() {
    long version = store().put(name(STAGE, "bags"), image("1"), "by a test");

    assertThat(store().list(project()).parameters())
        .singleElement()
        .satisfies(
            listed -> {
              assertThat(listed.name()).isEqualTo("/%s/images/stage/bags".formatted(project()));
              assertThat(listed.type()).isEqualTo("String");
              assertThat(listed.value()).isEqualTo(image("1").value());
              assertThat(listed.version()).isEqualTo(version).isEqualTo(1);
              assertThat(listed.lastModified())
                  .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            });
  }

  @Test
  void aListingTellsWhenItWasReadByTheClockThatDatesParameters() {
    store().put(name(STAGE, "bags"), image("1"), "by a test");

    var listing = store().list(project());

    assertThat(listing.readAt().orElseThrow().plusSeconds(1))
        .isAfter(listing.parameters().getFirst().lastModified())
        .isBefore(Instant.now().plusSeconds(60));
  }

  @Test
  void puttingAgainMakesANewVersion() {
    store().put(name(STAGE, "bags"), image("1"), "one");

    assertThat(store().put(name(STAGE, "bags"), image("2"), "two")).isEqualTo(2);
    assertThat(store().list(project()).parameters())
        .extracting(ListedParameter::value)
        .containsExactly(image("2").value());
  }

  @Test
  void aListingHoldsEveryLabelEnvironmentAndServiceOfTheProjectAndNoOther() {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 37; i++) {
      Source location = i % 2 == 0 ? LATEST : STAGE;
      ParameterName name = name(location, "service-" + i);
      store().put(name, image(Integer.toString(i)), "number " + i);
      expected.add(name.path());
    }
    var other = new ParameterName(new ProjectId(project() + "-2"), STAGE, new ServiceId("bags"));
    store().put(other, image("1"), "of another project");

    assertThat(store().list(project()).parameters())
        .extracting(ListedParameter::name)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theHistoryTellsEveryVersionOldestFirst() {
    for (int i = 1; i <= 60; i++) {
      store().put(name(STAGE, "bags"), image(Integer.toString(i)), "number " + i);
    }

    assertThat(store().history(name(STAGE, "bags")))
        .hasSize(60)
        .extracting(ParameterVersion::version)
        .isSorted();
    ParameterVersion last = store().history(name(STAGE, "bags")).getLast();
    assertThat(last.value()).isEqualTo(image("60").value());
    assertThat(last.description()).contains("number 60");
    assertThat(last.lastModifiedBy()).isPresent();
  }

  @Test
  void aParameterThatDoesNotExistHasNoHistory() {
    assertThat(store().history(name(STAGE, "nothing"))).isEmpty();
  }

  /** Fault 36, as far as it concerns parameters. */
  @Test
  void fault36ALongDescriptionOfAnyCharactersIsCutBetweenCharacters() {
    store().put(name(STAGE, "bags"), image("1"), "🚀".repeat(5_000));

    assertThat(store().history(name(STAGE, "bags")).getFirst().description())
        .contains("🚀".repeat(512));
  }

  public ParameterName name(Source location, String service) {
    return new ParameterName(project(), location, new ServiceId(service));
  }

  public static ImageRef image(String tag) {
    return new ImageRef("example.com/images/bags:" + tag);
  }
}
