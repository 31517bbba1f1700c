package dev.onward.model.release;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Onward knows of an environment that the releases table cannot say without a search.
 *
 * @param version counts the head's moves, and how often it was reopened, from 1; every move is
 *     conditional on it
 * @param converged whether the environment's parameters were once made (or found) equal to the
 *     current release's images; what differs after that is parameter drift
 * @param history recent deployments, oldest first; the last one is current
 * @param automationAfter set by a person's deployment: automation considers only releases created
 *     after this moment
 * @param adoptedUpTo the date of the newest deployment of the old tool that was adopted, as that
 *     tool wrote it: it may be later than now
 * @param repairAsked whether a person asked for the parameters to be written: then they are written
 *     at once, whoever deployed the current release
 */
public record EnvironmentHead(
    EnvironmentId environment,
    long version,
    boolean converged,
    List<DeployedRelease> history,
    Optional<Instant> automationAfter,
    Optional<Instant> adoptedUpTo,
    boolean repairAsked) {
  /** Keeps one project's state within few DynamoDB read units (4 KB each). */
  public static final int HISTORY_LIMIT = 30;

  public EnvironmentHead {
    if (version < 1) {
      throw new InvalidValueException(
          "environment head version", Long.toString(version), "1 or more");
    }
    history =
        List.copyOf(history.subList(Math.max(0, history.size() - HISTORY_LIMIT), history.size()));
  }

  /** One of which nobody asked that it be repaired. */
  public EnvironmentHead(
      EnvironmentId environment,
      long version,
      boolean converged,
      List<DeployedRelease> history,
      Optional<Instant> automationAfter,
      Optional<Instant> adoptedUpTo) {
    this(environment, version, converged, history, automationAfter, adoptedUpTo, false);
  }

  /** The head of an environment that was never deployed to. */
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

  /** Whether the environment went back to an older release after this deployment. */
  public boolean wentBackFrom(DeployedRelease deployed) {
    return history.subList(history.lastIndexOf(deployed) + 1, history.size()).stream()
        .anyMatch(later -> later.releaseCreatedAt().isBefore(deployed.releaseCreatedAt()));
  }

  /**
   * For how long the deployment before the current one had been in force, if the current one went
   * back to an older release; absent if it went forward, or is the first.
   */
  public Optional<Duration> wentBackAfter() {
    // Whoever went back may have a clock that is behind.
    return previous()
        .filter(this::wentBackFrom)
        .map(before -> Duration.between(before.deployedAt(), history.getLast().deployedAt()))
        .map(between -> between.isNegative() ? Duration.ZERO : between);
  }

  /**
   * The head after automation or a person deployed a release through Onward.
   *
   * @param convergedSince since when the environment had been wholly the current release's, if it
   *     was
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
   * The head after a deployment of the old tool was found: a person's, so it sets the floor.
   *
   * @param dated its date as the old tool wrote it
   * @param convergedSince since when the environment had been wholly the current release's, if it
   *     was
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
   * Up to when the old tool's deployments are known to have been seen. One that was dated later
   * than now was adopted when it was seen, and hides none that is dated before its own date.
   */
  public Optional<Instant> knownUpTo(Instant now) {
    return adoptedUpTo.map(upTo -> upTo.isAfter(now) ? lastAdoption().orElse(upTo) : upTo);
  }

  /** The last one may have left the history: then it was before everything in there. */
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
   * The releases a person saw here and went past stay out even if that person's clock is behind.
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

  /** The head after a person asked for the parameters to be written, without a deployment. */
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
