package dev.onward.reconcile.check;

import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalQuery.CalendarState;
import dev.onward.policy.ExternalQuery.CheckPasses;
import dev.onward.policy.ExternalResult;
import dev.onward.policy.Verification;
import dev.onward.store.ChangeCalendars;
import dev.onward.store.ChangeCalendars.CalendarAnswer;
import dev.onward.store.StoreException;
import dev.onward.store.VerificationProbe;
import dev.onward.store.VerificationProbe.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * Runs the external queries of gates, as rarely as possible: a calendar once a minute, a check once
 * per its own interval. Every query gets a result; one that fails is {@link
 * dev.onward.policy.ExternalResult.Unknown}, and its gate holds.
 */
public final class ExternalChecks {
  private static final Logger LOG = Logger.getLogger(ExternalChecks.class);

  private final VerificationProbe probes;
  private final Duration interval;

  /**
   * @param interval of the cycles: no check runs more often, whatever its own interval
   */
  public ExternalChecks(VerificationProbe probes, Duration interval) {
    this.probes = probes;
    this.interval = interval;
  }

  public Map<ExternalQuery, ExternalResult> resolve(
      Collection<ExternalQuery> queries, ChangeCalendars calendars, CheckCache known, Instant now) {
    var results = new HashMap<ExternalQuery, ExternalResult>();
    var due = new LinkedHashMap<CheckPasses, Future<Result>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ExternalQuery query : queries) {
        switch (query) {
          case CalendarState(String calendar) ->
              results.put(query, ask(calendar, calendars, known, now));
          case CheckPasses check when check.current() && known.isDue(check) ->
              due.computeIfAbsent(check, c -> threads.submit(() -> probes.look(c.verification())));
          case CheckPasses check -> results.put(check, remembered(check, known));
        }
      }
      due.forEach((check, look) -> results.put(check, looked(check, look, known, now)));
    }
    return Map.copyOf(results);
  }

  private static ExternalResult ask(
      String calendar, ChangeCalendars calendars, CheckCache known, Instant now) {
    return known
        .calendar(calendar, now)
        .orElseGet(
            () -> {
              ExternalResult answer = ask(calendar, calendars);
              known.rememberCalendar(calendar, answer);
              return answer;
            });
  }

  private static ExternalResult ask(String calendar, ChangeCalendars calendars) {
    try {
      CalendarAnswer state = calendars.state(calendar);
      return new ExternalResult.Calendar(state.open(), state.nextTransition());
    } catch (StoreException e) {
      return new ExternalResult.Unknown(e.failure().message());
    }
  }

  private static ExternalResult remembered(CheckPasses check, CheckCache known) {
    return known
        .check(check)
        .orElseGet(
            () ->
                new ExternalResult.Unknown(
                    "it is no longer deployed to %s, and was not verified while it was"
                        .formatted(check.source())));
  }

  /** An interrupted check has no result and ends no run. */
  private ExternalResult looked(
      CheckPasses check, Future<Result> look, CheckCache known, Instant now) {
    try {
      return known.rememberLook(check, look.get(), now, longestGap(check.verification()));
    } catch (InterruptedException e) {
      look.cancel(true);
      Thread.currentThread().interrupt();
      return new ExternalResult.Unknown("the process is shutting down");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException broken) {
        return known.rememberLook(
            check, broke(check, broken, known), now, longestGap(check.verification()));
      }
      throw new IllegalStateException("Check %s".formatted(check), e.getCause());
    }
  }

  /**
   * A bug in a probe fails its check, not the project's cycle. It is logged at its first
   * occurrence; its message may be confidential and only goes to the log.
   */
  private static Result broke(CheckPasses check, RuntimeException broken, CheckCache known) {
    String result =
        "the check failed unexpectedly: %s; see the log"
            .formatted(broken.getClass().getSimpleName());
    boolean isKnown =
        known
            .check(check)
            .filter(
                answer ->
                    answer instanceof ExternalResult.Check last && last.result().equals(result))
            .isPresent();
    if (!isKnown) {
      LOG.errorf(
          broken,
          "Unhandled exception in check %s of %s: this is a bug in Onward",
          check.verification().name(),
          check.source());
    }
    return new Result(false, result);
  }

  /** As {@link Verification#freshFor}, but cycles may be further apart than checks should be. */
  private Duration longestGap(Verification check) {
    Duration missed = interval.multipliedBy(Verification.MISSED_LOOKS).plus(check.timeout());
    return missed.compareTo(check.freshFor()) > 0 ? missed : check.freshFor();
  }
}
