package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.store.ListedParameter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImageListingTest {
  private static final ProjectId PROJECT = new ProjectId("storage");
  private static final Label LATEST = new Label("latest");
  private static final ServiceId BAGS = new ServiceId("bags");
  private static final Instant WRITTEN = Instant.parse("2026-03-02T10:00:00Z");
  private static final ListedParameter LISTED = bags("String", "example.com/bags:1", 1, WRITTEN);

  @Test
  void whatIsAsItWasIsTakenOver() {
    var before = ImageListing.of(PROJECT, List.of(LISTED));
    // Its text is another object, as that of every answer is.
    var again = bags("String", String.join(":", "example.com/bags", "1"), 1, WRITTEN);
    assertThat(listed(again, before)).isSameAs(at(before));
  }

  @Test
  void whateverDiffersIsReadAnew() {
    var before = ImageListing.of(PROJECT, List.of(LISTED));
    for (ListedParameter other :
        List.of(
            bags("String", "example.com/bags:2", 1, WRITTEN),
            bags("String", "example.com/bags:1", 2, WRITTEN),
            bags("String", "example.com/bags:1", 1, WRITTEN.plusMillis(1)),
            bags("StringList", "example.com/bags:1", 1, WRITTEN),
            bags("String", "no image", 1, WRITTEN))) {
      assertThat(listed(other, before))
          .isNotEqualTo(at(before))
          .isEqualTo(at(ImageListing.of(PROJECT, List.of(other))));
    }
  }

  @Test
  void whatIsGoneIsGone() {
    var before = ImageListing.of(PROJECT, List.of(LISTED));
    assertThat(ImageListing.of(PROJECT, List.of(), observed(before)).at(LATEST)).isEmpty();
  }

  private static ObservedParameter listed(ListedParameter parameter, ImageListing before) {
    return at(ImageListing.of(PROJECT, List.of(parameter), observed(before)));
  }

  private static ObservedParameter at(ImageListing listing) {
    return listing.at(LATEST).get(BAGS);
  }

  private static ObservedState observed(ImageListing listing) {
    return new ObservedState(
        new TreeMap<>(),
        new TreeMap<>(),
        Map.of(),
        listing.otherThan(List.of()),
        listing.unrecognized(),
        InterventionState.NONE,
        InterventionState.NONE,
        Map.of());
  }

  private static ListedParameter bags(String type, String value, long version, Instant written) {
    return new ListedParameter("/storage/images/latest/bags", type, value, version, written);
  }
}
