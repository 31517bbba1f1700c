package dev.onward.query;

import static dev.onward.query.Recorded.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.query.Comparison.Change;
import dev.onward.query.Comparison.Difference;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.ReleaseStore.Unreadable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void everyServiceOfEitherSideIsAddedRemovedChangedOrTheSame() {
    var comparison =
        Comparison.of(
            side(Map.of("same", "1", "changed", "1", "removed", "1")),
            side(Map.of("same", "1", "changed", "2", "added", "1")));
    assertThat(changes(comparison))
        .isEqualTo(
            Map.of(
                "added", Change.ADDED,
                "changed", Change.CHANGED,
                "removed", Change.REMOVED,
                "same", Change.SAME));
    assertThat(comparison.services())
        .extracting(it -> it.service().value())
        .containsExactly("added", "changed", "removed", "same");
    assertThat(comparison.count(Change.CHANGED)).isEqualTo(1);
  }

  @Test
  void whatIsNoImageDiffersFromOne() {
    var text = new LocatedImage("a StringList", Optional.empty(), Optional.empty());
    var images = new TreeMap<ServiceId, LocatedImage>();
    images.put(new ServiceId("bags"), text);
    var odd = new ComparisonSide("label", "latest", Optional.empty(), List.of(), images, List.of());
    assertThat(changes(Comparison.of(odd, side(Map.of("bags", "1")))))
        .containsEntry("bags", Change.CHANGED);
    assertThat(changes(Comparison.of(odd, odd))).containsEntry("bags", Change.SAME);
  }

  @Test
  void anImageOfAReleaseThatCannotBeReadDiffersFromAnyAndIsNotTakenForNone() {
    var odd = new Unreadable("images.odd key", Optional.empty(), "no service's name");
    var number =
        new Unreadable("images.bags", Optional.of(new ServiceId("bags")), "(the number 7)");
    var read = new PartialRelease(Recorded.release("a", hour(1), "1"), List.of(number, odd));
    var after = ComparisonSide.of(whole(Recorded.release("b", hour(2), "1")));
    ComparisonSide before = ComparisonSide.of(read);
    assertThat(changes(Comparison.of(before, after)))
        .containsEntry("bags", Change.CHANGED)
        .containsEntry("mets", Change.SAME);
    assertThat(before.images().get(new ServiceId("bags")).text())
        .isEqualTo("cannot be read: (the number 7)");
    assertThat(before.unreadable())
        .containsExactly("images.bags: (the number 7)", "images.odd key: no service's name");
  }

  private static PartialRelease whole(Release release) {
    return new PartialRelease(release, List.of());
  }

  @Test
  void aReleaseIsASideOfItsOwn() {
    var before = ComparisonSide.of(whole(Recorded.release("a", hour(1), "1")));
    var after = ComparisonSide.of(whole(Recorded.release("b", hour(2), "2")));
    assertThat(changes(Comparison.of(before, after)))
        .containsEntry("bags", Change.CHANGED)
        .containsEntry("mets", Change.SAME);
  }

  private static Map<String, Change> changes(Comparison comparison) {
    return comparison.services().stream()
        .collect(Collectors.toMap(it -> it.service().value(), Difference::change));
  }

  private static ComparisonSide side(Map<String, String> tags) {
    var images = new TreeMap<ServiceId, LocatedImage>();
    tags.forEach(
        (service, tag) ->
            images.put(
                new ServiceId(service),
                LocatedImage.of(
                    new ImageRef("example.com/" + service + ":" + tag), Optional.empty())));
    return new ComparisonSide("release", "x", Optional.empty(), List.of(), images, List.of());
  }
}
