package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.Release;
import dev.onward.plan.command.CommandDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges anew, from the ledger alone, what automation does.
 *
 * @param slack by how much the length of a stay may be misjudged, as clocks differ
 */
record Judge(Ledger ledger, Map<EnvironmentId, PolicyRules> policies, Duration slack) {

  void cut(Instant clock) {
    assertThat(isStopped(clock)).as("a stop stops cutting").isFalse();
  }

  /** What has converged is repaired only where nobody holds it. */
  void write(EnvironmentId id, Action.ConvergeParameters converge, Instant clock) {
    if (converge.repair() && !converge.writes().isEmpty()) {
      assertThat(isStopped(clock)).as("a stop stops repairing").isFalse();
      assertThat(isHeld(id, clock)).as("a hold keeps repair away").isFalse();
    }
  }

  void person(CommandDecision.Deploy deploy, boolean override, Instant clock) {
    Release release = deploy.action().release();
    assertThat(isRejected(release, clock)).as("a rejected release").isFalse();
    if (!override) {
      EnvironmentId id = deploy.action().to().environment();
      assertThat(deploy.overridden()).isEmpty();
      people(id, clock);
      moment(id, policies.get(id), clock);
    }
  }

  /**
   * A person's repair goes over a hold and a stop only by an override, and never to what is
   * rejected.
   */
  void person(CommandDecision.Repair repair, boolean override, Instant clock) {
    RepairRequest request = repair.request();
    assertThat(isRejected(request.release(), clock)).as("a rejected release").isFalse();
    assertThat(repair.written()).isNotEmpty();
    if (!override) {
      assertThat(isStopped(clock)).as("a stop stops repairing").isFalse();
      assertThat(isHeld(request.from().environment(), clock)).as("a hold").isFalse();
    }
  }

  /**
   * @param now by the clock that never errs
   * @param clock what the planner took the time to be
   */
  void deployment(EnvironmentId id, Release release, Instant now, Instant clock) {
    PolicyRules rules = policies.get(id);
    people(id, clock);
    assertThat(isRejected(release, clock)).as("a rejected release").isFalse();
    onlyForward(id, release);
    moment(id, rules, clock);
    rules
        .minAge()
        .ifPresent(age -> assertThat(release.createdAt().plus(age)).isBeforeOrEqualTo(clock));
    approvals(id, release, rules, clock);
    if (id.equals(PROD)) {
      source(release, rules, now);
    }
  }

  private void people(EnvironmentId id, Instant clock) {
    assertThat(isStopped(clock)).as("stop").isFalse();
    assertThat(isHeld(id, clock)).as("hold").isFalse();
    assertThat(ledger.freezes.values())
        .as("freezes")
        .noneMatch(
            frozen ->
                frozen.environment().map(id::equals).orElse(true) && frozen.span().covers(clock));
  }

  private void moment(EnvironmentId id, PolicyRules rules, Instant clock) {
    rules
        .frozenFrom()
        .ifPresent(
            from ->
                assertThat(new Ledger.Span(from, rules.frozenTo()).covers(clock))
                    .as("planned freeze")
                    .isFalse());
    int hour = clock.atZone(ZoneOffset.UTC).getHour();
    rules
        .openFrom()
        .ifPresent(from -> assertThat(hour).as("window").isBetween(from, rules.openTo() - 1));
    List<Instant> before = ledger.deployments(id).stream().map(Ledger.Deployed::byClock).toList();
    rules
        .minInterval()
        .filter(interval -> !before.isEmpty())
        .ifPresent(
            interval ->
                assertThat(before.getLast().plus(interval))
                    .as("interval")
                    .isBeforeOrEqualTo(clock));
    if (rules.budget() > 0) {
      assertThat(before.stream().filter(at -> at.plus(rules.budgetPer()).isAfter(clock)))
          .as("budget")
          .hasSizeLessThan(rules.budget());
    }
  }

  private void onlyForward(EnvironmentId id, Release release) {
    ledger
        .current(id)
        .ifPresent(current -> assertThat(release.newerThan(current.release())).isTrue());
    ledger.deployments(id).stream()
        .filter(Ledger.Deployed::byPerson)
        .forEach(word -> assertThat(release.createdAt()).isAfter(word.byClock()));
  }

  private void approvals(EnvironmentId id, Release release, PolicyRules rules, Instant clock) {
    Set<String> people = new HashSet<>();
    for (Ledger.Approved approved : ledger.approvals) {
      boolean counts =
          approved.release().equals(release.id())
              && approved.environment().equals(id)
              && approved.span().to().isAfter(clock)
              && rules
                  .approvalsExpireAfter()
                  .map(time -> approved.span().from().plus(time).isAfter(clock))
                  .orElse(true);
      if (counts) {
        people.add(approved.person());
      }
    }
    assertThat(people).as("approvals").hasSizeGreaterThanOrEqualTo(rules.approvals());
  }

  private void source(Release release, PolicyRules rules, Instant now) {
    Optional<Duration> stay = ledger.longestStay(STAGE, release.id(), now);
    assertThat(stay).as("it was wholly in its source").isPresent();
    rules
        .soak()
        .ifPresent(
            soak -> assertThat(stay.get().plus(slack)).as("soak").isGreaterThanOrEqualTo(soak));
    if (rules.driftFree()) {
      assertThat(ledger.isWhole(STAGE)).as("drift_free").isTrue();
    }
  }

  private boolean isStopped(Instant clock) {
    return ledger.everythingStopped
        || ledger.projectStop.filter(stop -> stop.covers(clock)).isPresent();
  }

  private boolean isHeld(EnvironmentId id, Instant clock) {
    return Optional.ofNullable(ledger.holds.get(id)).filter(hold -> hold.covers(clock)).isPresent();
  }

  private boolean isRejected(Release release, Instant clock) {
    return Optional.ofNullable(ledger.rejections.get(release.id()))
        .filter(rejection -> rejection.covers(clock))
        .isPresent();
  }
}
