package dev.onward.web.api.view;

import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.plan.Words;
import dev.onward.query.Comparison;
import dev.onward.query.Comparison.Change;
import dev.onward.query.ComparisonSide;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What differs between two releases, labels or environments. */
@Schema(name = "Comparison")
public record ComparisonView(
    String project, SideView from, SideView to, Counts counts, List<Difference> services) {

  /**
   * One of the two.
   *
   * @param kind {@code release}, {@code label} or {@code environment}
   * @param release a release itself; of a label, the newest that was cut from it, if what is under
   *     the label is just that; of an environment, the one that is deployed there
   * @param drifted services of an environment whose parameter is not what that release says: they
   *     are compared as they are
   * @param unreadable what of a release cannot be read, each with its place and the reason; an
   *     image among it differs from any that can be
   */
  @Schema(name = "ComparedSide")
  record SideView(
      String kind,
      String id,
      Optional<ReleaseBrief> release,
      List<String> drifted,
      List<String> unreadable) {
    private static SideView of(ComparisonSide it) {
      return new SideView(
          it.kind(),
          it.id(),
          it.release().map(ReleaseBrief::of),
          it.drifted().stream().map(ServiceId::value).toList(),
          it.unreadable());
    }
  }

  /** How many services are of each kind of change. */
  @Schema(name = "ChangeCounts")
  record Counts(long added, long removed, long changed, long same) {}

  /**
   * One service on both sides.
   *
   * @param change one of added, removed, changed, same
   * @param from absent if it was added
   * @param to absent if it was removed
   */
  @Schema(name = "ServiceDifference")
  record Difference(
      String service, String change, Optional<LocatedView> from, Optional<LocatedView> to) {
    private static Difference of(Comparison.Difference it) {
      return new Difference(
          it.service().value(),
          Words.of(it.change()),
          it.from().map(LocatedView::of),
          it.to().map(LocatedView::of));
    }
  }

  public static ComparisonView of(ProjectId project, Comparison it) {
    return new ComparisonView(
        project.value(),
        SideView.of(it.from()),
        SideView.of(it.to()),
        new Counts(
            it.count(Change.ADDED),
            it.count(Change.REMOVED),
            it.count(Change.CHANGED),
            it.count(Change.SAME)),
        it.services().stream().map(Difference::of).toList());
  }
}
