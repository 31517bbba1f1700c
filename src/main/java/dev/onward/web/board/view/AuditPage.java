package dev.onward.web.board.view;

import dev.onward.model.AuditEvent;
import dev.onward.model.release.ReleaseId;
import dev.onward.store.AuditTrail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What happened.
 *
 * @param older leads to the next page
 */
public record AuditPage(List<Line> events, Optional<String> older) {

  private static final Pattern RELEASE =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** One event. */
  record Line(
      RelativeTime at,
      String event,
      boolean refused,
      String who,
      String subject,
      String before,
      String after,
      String detail,
      String request) {
    private static Line of(AuditEvent it, Instant now) {
      return new Line(
          RelativeTime.of(it.at(), now),
          it.event().replace('_', ' '),
          it.event().equals("refused"),
          it.who().name(),
          brief(it.subject()),
          it.before().map(Line::brief).orElse(""),
          it.after().map(Line::brief).orElse(""),
          it.detail(),
          it.request());
    }

    /** With every release by its short name. */
    private static String brief(String text) {
      return RELEASE.matcher(text).replaceAll(it -> new ReleaseId(it.group()).shortForm());
    }
  }

  public static AuditPage of(AuditTrail.Page page, Instant now) {
    return new AuditPage(
        page.events().stream().map(event -> Line.of(event, now)).toList(), page.cursor());
  }
}
