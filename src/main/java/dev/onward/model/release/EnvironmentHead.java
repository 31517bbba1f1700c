package dev.onward.model.release;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of an environment that the releases table cannot answer without a search.
 *
 * @param version counts the head's moves and reopenings, from 1; every move is conditional on it
 * @param converged whether the environment's parameters once matched the current release's images;
 *     any later difference is parameter drift
 * @param history recent deployments, oldest first; the last one is current
 * @param automationAfter set by a person's deployment: automation considers only releases created
 *     after this time
 * @param adoptedUpTo the date of the newest adopted deployment of the older tool, as that tool
 *     wrote it: it may be in the future
 * @param repairAsked whether an operator requested a repair: the parameters are then written at
 *     once, whoever deployed the current release
 */
public record EnvironmentHead(
    EnvironmentId environment,
    long version,
    boolean converged,
    List<DeployedRelease> history,
    Optional<Instant> automationAfter,
    Optional<Instant> adoptedUpTo,
    boolean repairAsked) {
  /** Keeps one project's state within a few DynamoDB read units (4 KB each). */
  public static final int HISTORY_LIMIT = 30;

  public EnvironmentHead {
    if (version < 1) {
      throw new InvalidValueException(
          "environment head version", Long.toString(version), "1 or more");
    }
    history =
        List.copyOf(history.subList(Math.max(0, history.size() - HISTORY_LIMIT), history.size()));
  }

  /** A head without a requested repair. */
  public EnvironmentHead(
      EnvironmentId environment,
      long version,
      boolean converged,
      List<DeployedRelease> history,
      Optional<Instant> automationAfter,
      Optional<Instant> adoptedUpTo) {
    this(environment, version, converged, history, automationAfter, adoptedUpTo, false);
  }

  /** The head of an environment without deployments. */
  public static EnvironmentHead empty(EnvironmentId environment) {
    return new EnvironmentHead(environment, 1, true, List.of(), Optional.empty(), Optional.empty());
  }

  public Optional<DeployedRelease> current() {
    return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
  }

  /** The deployment before the current one. */
  public Optional<DeployedRelease> previous() {
    return history.size() < 2 ? Optional.empty() : Optional.of(history.get(history.size() - 2));
  }

  /** The newest deployment of another release than the current one. */
  public Optional<DeployedRelease> otherBefore() {
    return history.reversed().stream()
        .filter(deployed -> !deployed.release().equals(history.getLast().release()))
        .findFirst();
  }

  /** Whether the environment was rolled back to an older release after this deployment. */
  public boolean wentBackFrom(DeployedRelease deployed) {
    return history.subList(history.lastIndexOf(deployed) + 1, history.size()).stream()
        .anyMatch(later -> later.releaseCreatedAt().isBefore(deployed.releaseCreatedAt()));
  }

  /**
   * How long the previous deployment had been in force if the current one is a rollback; absent if
   * the current one is newer, or the first.
   */
  public Optional<Duration> wentBackAfter() {
    // The clock that dated the rollback may be behind.
    return previous()
        .filter(this::wentBackFrom)
        .map(before -> Duration.between(before.deployedAt(), history.getLast().deployedAt()))
        .map(between -> between.isNegative() ? Duration.ZERO : between);
  }

  /**
   * The head after automation or a person deployed a release through Onward.
   *
   * @param convergedSince since when the environment's parameters had matched the current release,
   *     if they did
   */
  public EnvironmentHead deployed(DeployedRelease deployed, Optional<Instant> convergedSince) {
    Optional<Instant> floor =
        deployed.origin() == DeploymentOrigin.AUTOMATION
            ? automationAfter
            : Optional.of(afterAPersons(deployed));
    return new EnvironmentHead(
        environment, version + 1, false, append(deployed, convergedSince), floor, adoptedUpTo);
  }

  /**
   * The head after a deployment of the older tool was found. A person made it, so it sets the floor
   * for automation.
   *
   * @param dated its date as the older tool wrote it
   * @param convergedSince since when the environment's parameters had matched the current release,
   *     if they did
   */
  public EnvironmentHead adopted(
      DeployedRelease deployed, Instant dated, Optional<Instant> convergedSince) {
    return new EnvironmentHead(
        environment,
        version + 1,
        false,
        append(deployed, convergedSince),
        Optional.of(afterAPersons(deployed)),
        Optional.of(adoptedUpTo.filter(dated::isBefore).orElse(dated)));
  }

  /**
   * The time up to which the older tool's deployments are known to have been observed. One dated in
   * the future was adopted when it was observed, and does not hide deployments dated before its own
   * date.
   */
  public Optional<Instant> knownUpTo(Instant now) {
    return adoptedUpTo.map(upTo -> upTo.isAfter(now) ? lastAdoption().orElse(upTo) : upTo);
  }

  /** If the last adoption has left the history, it was before every entry of it. */
  private Optional<Instant> lastAdoption() {
    return history.reversed().stream()
        .filter(
            it ->
                it.origin() == DeploymentOrigin.ADOPTED
                    || it.origin() == DeploymentOrigin.FIRST_SIGHT)
        .findFirst()
        .or(() -> history.stream().findFirst())
        .map(DeployedRelease::deployedAt);
  }

  /**
   * Releases that a person had seen and skipped stay excluded even if that person's clock is
   * behind.
   */
  private Instant afterAPersons(DeployedRelease deployed) {
    Instant floor = deployed.deployedAt();
    for (DeployedRelease before : history) {
      if (before.releaseCreatedAt().isAfter(floor)) {
        floor = before.releaseCreatedAt();
      }
    }
    return automationAfter.filter(floor::isBefore).orElse(floor);
  }

  public EnvironmentHead markConverged() {
    return new EnvironmentHead(environment, version, true, history, automationAfter, adoptedUpTo);
  }

  /** The head after an operator requested that the parameters be written, without a deployment. */
  public EnvironmentHead askedToRepair() {
    return new EnvironmentHead(
        environment, version + 1, false, history, automationAfter, adoptedUpTo, true);
  }

  private List<DeployedRelease> append(DeployedRelease deployed, Optional<Instant> convergedSince) {
    var longer = new ArrayList<>(history);
    if (!longer.isEmpty()) {
      longer.add(longer.removeLast().superseded(convergedSince));
    }
    longer.add(deployed);
    return longer;
  }
}
