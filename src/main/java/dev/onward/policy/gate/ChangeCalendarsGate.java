package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Candidate;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalQuery.CalendarState;
import dev.onward.policy.ExternalResult;
import dev.onward.policy.Gate;
import dev.onward.policy.Phrases;
import dev.onward.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds a release while an AWS change calendar is closed, or cannot be asked.
 *
 * @param calendars the names or ARNs of SSM documents; all of them must be open
 */
public record ChangeCalendarsGate(List<String> calendars) implements Gate {
  private static final String DOCUMENT = ":document/";

  public ChangeCalendarsGate {
    if (calendars.isEmpty()) {
      throw new InvalidValueException("change calendars", "", "at least one calendar");
    }
    calendars = List.copyOf(calendars);
  }

  @Override
  public String name() {
    return GateType.CHANGE_CALENDARS.key();
  }

  @Override
  public List<ExternalQuery> queries(Candidate candidate) {
    return calendars.stream().<ExternalQuery>map(CalendarState::new).toList();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    List<Finding> findings = calendars.stream().map(calendar -> find(calendar, candidate)).toList();
    List<Finding> notOpen = findings.stream().filter(finding -> !finding.open()).toList();
    if (notOpen.isEmpty()) {
      return Verdict.passed(name(), sentence(findings));
    }
    Optional<Instant> nextEvaluation =
        notOpen.stream()
            .map(Finding::nextEvaluation)
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    return new Verdict.Held(name(), sentence(notOpen), nextEvaluation);
  }

  /** What is known of one calendar. */
  private record Finding(boolean open, String text, Optional<Instant> nextEvaluation) {}

  private static Finding find(String calendar, Candidate candidate) {
    String subject = "change calendar " + documentName(calendar);
    return candidate
        .result(new CalendarState(calendar))
        .map(result -> find(subject, result, candidate.now()))
        .orElseGet(() -> notAsked(subject));
  }

  private static Finding find(String subject, ExternalResult result, Instant now) {
    return switch (result) {
      case ExternalResult.Calendar(boolean open, var nextTransition) ->
          open ? open(subject, nextTransition, now) : closed(subject, nextTransition, now);
      case ExternalResult.Unknown(String reason) ->
          notOpen(subject + " could not be asked: " + reason);
      case ExternalResult.Check check -> notAsked(subject);
    };
  }

  /** An answer says nothing of the time after the next transition it names. */
  private static Finding open(String subject, Optional<Instant> nextTransition, Instant now) {
    return nextTransition
        .filter(next -> !next.isAfter(now))
        .map(
            next ->
                notOpen(
                    "%s was to change %s and has not been asked since"
                        .formatted(subject, Phrases.at(next, now))))
        .orElseGet(() -> new Finding(true, subject + " is open", Optional.empty()));
  }

  private static Finding closed(String subject, Optional<Instant> nextTransition, Instant now) {
    String until = nextTransition.map(next -> " " + Phrases.until(next, now)).orElse("");
    return new Finding(false, subject + " is closed" + until, nextTransition);
  }

  private static Finding notAsked(String subject) {
    return notOpen(subject + " has not been asked yet");
  }

  private static Finding notOpen(String text) {
    return new Finding(false, text, Optional.empty());
  }

  /** An ARN's account and Region are more than a sentence needs. */
  private static String documentName(String calendar) {
    int at = calendar.indexOf(DOCUMENT);
    return at < 0 ? calendar : calendar.substring(at + DOCUMENT.length());
  }

  private static String sentence(List<Finding> findings) {
    return findings.stream().map(Finding::text).collect(Collectors.joining("; "));
  }
}
