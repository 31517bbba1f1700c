package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import dev.onward.model.intervention.Approval;
import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.Phrases;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a release until enough different people have approved it for the environment.
 *
 * @param expireAfter how long an approval counts; absent if it does not expire, unless the approval
 *     itself has an end
 */
public record ApprovalsGate(int count, Optional<Duration> expireAfter) implements Gate {
  public ApprovalsGate {
    if (count < 1) {
      throw new InvalidValueException("approvals", Integer.toString(count), "1 or more");
    }
    if (expireAfter.filter(time -> !time.isPositive()).isPresent()) {
      throw new InvalidValueException(
          "approvals' expire_after", expireAfter.get().toString(), "more than no time");
    }
  }

  @Override
  public String name() {
    return GateType.APPROVALS.key();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    List<Approval> given =
        candidate.project().approvals(candidate.release().id(), candidate.target());
    Map<String, String> counting = people(given, true, candidate.now());
    Map<String, String> lapsed = people(given, false, candidate.now());
    lapsed.keySet().removeAll(counting.keySet());
    return counting.size() >= count
        ? Verdict.passed(name(), "approved by " + Phrases.and(names(counting)))
        : Verdict.held(name(), missing(names(counting), names(lapsed)));
  }

  /** Names by id: the same person approves only once, under whatever name. */
  private Map<String, String> people(List<Approval> given, boolean counting, Instant now) {
    var people = new LinkedHashMap<String, String>();
    given.stream()
        .filter(approval -> counts(approval, now) == counting)
        .map(approval -> approval.given().by())
        .forEach(by -> people.putIfAbsent(by.id(), Phrases.name(by)));
    return people;
  }

  private boolean counts(Approval approval, Instant now) {
    return approval.given().isInForce(now)
        && expireAfter.map(time -> approval.given().at().plus(time).isAfter(now)).orElse(true);
  }

  private static List<String> names(Map<String, String> people) {
    return new ArrayList<>(people.values());
  }

  private String missing(List<String> names, List<String> lapsed) {
    if (names.isEmpty()) {
      return lapsed.isEmpty()
          ? "no approval yet, %s needed".formatted(count)
          : "no approval any more, %s needed: %s".formatted(count, lapsed(lapsed));
    }
    String so = "%s of %s approvals: %s".formatted(names.size(), count, Phrases.and(names));
    return lapsed.isEmpty() ? so : so + "; " + lapsed(lapsed);
  }

  private static String lapsed(List<String> names) {
    return names.size() == 1
        ? "that of %s has lapsed".formatted(names.getFirst())
        : "those of %s have lapsed".formatted(Phrases.and(names));
  }
}
