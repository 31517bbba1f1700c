package dev.onward.plan;

import dev.onward.policy.Answer;
import dev.onward.policy.Question;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What gates ask about and no parameter tells: change calendars and checks of an environment. */
final class Outside {
  private final Map<String, Answer> calendars = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private final Map<Question, Instant> passingSince = new HashMap<>();

  void calendarOpens(String name) {
    calendars.put(name, new Answer.Calendar(true, Optional.empty()));
  }

  void calendarCloses(String name) {
    calendars.put(name, new Answer.Calendar(false, Optional.empty()));
  }

  void calendarIsOutOfReach(String name) {
    calendars.put(name, new Answer.Unknown("access denied"));
  }

  void checkFails(String name) {
    failing.add(name);
  }

  void checkPasses(String name) {
    failing.remove(name);
  }

  Map<Question, Answer> answers(Collection<Question> questions, Instant now) {
    var answers = new HashMap<Question, Answer>();
    questions.forEach(question -> answers.put(question, answer(question, now)));
    return answers;
  }

  private Answer answer(Question question, Instant now) {
    return switch (question) {
      case Question.CalendarState(String calendar) ->
          calendars.getOrDefault(calendar, new Answer.Unknown("no such calendar"));
      case Question.CheckPasses check -> look(check, now);
    };
  }

  private Answer look(Question.CheckPasses check, Instant now) {
    if (failing.contains(check.verification().name())) {
      passingSince.remove(check);
      return new Answer.Check(Optional.empty(), now, "answered 500");
    }
    Instant since = passingSince.computeIfAbsent(check, first -> now);
    return new Answer.Check(Optional.of(since), now, "answered 200");
  }
}
