package dev.onward.web.board.view;

import java.util.Optional;
import java.util.Set;

/**
 * What surrounds every page.
 *
 * @param place which of the menu's entries the page is
 * @param project whose page it is; empty if it is no project's
 * @param live where news of what the page shows come from; empty if it does not change
 * @param who looks
 * @param signedIn whether they can sign out
 * @param acting whether they may act on all that the page is about, so that it offers to
 * @param actingIn the environments that they may act on
 * @param actingOnAll whether they may act on everything at once
 * @param standby what kind of look this is, if the replica that shows it does not lead
 * @param mode of the daemon, in a sentence
 */
public record PageLayout(
    String title,
    String place,
    String project,
    String live,
    String who,
    boolean signedIn,
    boolean acting,
    Set<String> actingIn,
    boolean actingOnAll,
    Optional<String> everythingStopped,
    Optional<String> standby,
    String version,
    String mode) {
  /** Whether whoever looks may lift a freeze of something. */
  public boolean lifts(String of, String environment) {
    return switch (of) {
      case "environment" -> actingIn.contains(environment);
      case "project" -> acting;
      default -> actingOnAll;
    };
  }

  public PageLayout {
    actingIn = Set.copyOf(actingIn);
  }
}
