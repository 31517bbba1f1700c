package dev.onward.web.api.view;

import dev.onward.model.AuditEvent;
import dev.onward.store.AuditTrail;
import dev.onward.web.api.view.ReleaseView.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of the audit trail, newest first.
 *
 * @param nextCursor where the next page begins; absent on the last one
 */
@Schema(name = "AuditPage")
public record AuditView(List<Event> events, Optional<String> nextCursor) {

  /**
   * Who changed what, from what, to what; or who was not let.
   *
   * @param event such as {@code release_cut}, {@code environment_held} or {@code refused}
   * @param subject the label, the environment, the release or whatever else it is about
   * @param before what was there
   * @param after what is there now
   * @param detail the reason
   * @param request the id of the request that asked for it; of what automation did, a token
   */
  @Schema(name = "AuditEvent")
  record Event(
      Instant at,
      String event,
      Person by,
      String subject,
      Optional<String> before,
      Optional<String> after,
      String detail,
      String request) {
    private static Event of(AuditEvent it) {
      return new Event(
          it.at(),
          it.event(),
          Person.of(it.who()),
          it.subject(),
          it.before(),
          it.after(),
          it.detail(),
          it.request());
    }
  }

  public static AuditView of(AuditTrail.Page page) {
    return new AuditView(page.events().stream().map(Event::of).toList(), page.cursor());
  }
}
