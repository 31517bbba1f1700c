package dev.onward.plan;

import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalResult;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What gates ask about and no parameter tells: change calendars and checks of an environment. */
final class Outside {
  private final Map<String, ExternalResult> calendars = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private final Map<ExternalQuery, Instant> passingSince = new HashMap<>();

  void calendarOpens(String name) {
    calendars.put(name, new ExternalResult.Calendar(true, Optional.empty()));
  }

  void calendarCloses(String name) {
    calendars.put(name, new ExternalResult.Calendar(false, Optional.empty()));
  }

  void calendarIsOutOfReach(String name) {
    calendars.put(name, new ExternalResult.Unknown("access denied"));
  }

  void checkFails(String name) {
    failing.add(name);
  }

  void checkPasses(String name) {
    failing.remove(name);
  }

  Map<ExternalQuery, ExternalResult> answers(Collection<ExternalQuery> queries, Instant now) {
    var results = new HashMap<ExternalQuery, ExternalResult>();
    queries.forEach(query -> results.put(query, answer(query, now)));
    return results;
  }

  private ExternalResult answer(ExternalQuery query, Instant now) {
    return switch (query) {
      case ExternalQuery.CalendarState(String calendar) ->
          calendars.getOrDefault(calendar, new ExternalResult.Unknown("no such calendar"));
      case ExternalQuery.CheckPasses check -> look(check, now);
    };
  }

  private ExternalResult look(ExternalQuery.CheckPasses check, Instant now) {
    if (failing.contains(check.verification().name())) {
      passingSince.remove(check);
      return new ExternalResult.Check(Optional.empty(), now, "answered 500");
    }
    Instant since = passingSince.computeIfAbsent(check, first -> now);
    return new ExternalResult.Check(Optional.of(since), now, "answered 200");
  }
}
