package dev.onward.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;

/**
 * What is between a process and AWS. Before and after each call others act, or the process dies.
 */
final class FaultyWire implements Wire {
  private static final List<Fault> OF_ANY_CALL =
      List.of(
          Fault.THROTTLED,
          Fault.SERVER_ERROR,
          Fault.SERVER_ERROR_AFTER,
          Fault.REQUEST_LOST,
          Fault.ANSWER_LOST,
          Fault.LATE);
  private static final List<Fault> OF_TRANSACTIONS = List.of(Fault.CONFLICT, Fault.IN_PROGRESS);

  private final World world;
  private final ReplicaProcess process;

  FaultyWire(World world, ReplicaProcess process) {
    this.world = world;
    this.process = process;
  }

  private enum Outcome {
    DONE,
    REFUSED
  }

  @Override
  public <T> T call(Call call, Supplier<T> effect) {
    process.begins(call);
    process.step();
    if (call.operation() == Operation.PUT) {
      process.stepBeforePut();
    }
    process.calls(call);
    Optional<Fault> fault = fault(call);
    try {
      T answer = fault.isEmpty() ? dated(call, effect) : faulty(call, fault.get(), effect);
      trace(call, Outcome.DONE, fault.map(Enum::name).orElse(""));
      // An odd answer is the one fault that answers.
      fault.ifPresent(it -> process.failed(call));
      process.step();
      return answer;
    } catch (RuntimeException e) {
      trace(
          call,
          Outcome.REFUSED,
          fault.map(Enum::name).orElseGet(() -> String.valueOf(e.getMessage())));
      // A condition that does not hold is an answer, and no failure.
      if (fault.isPresent()) {
        process.failed(call);
      }
      process.step();
      throw e;
    }
  }

  private Optional<Fault> fault(Call call) {
    if (process.isCutOff()) {
      return Optional.of(Fault.PARTITION);
    }
    for (Fault fault : OF_ANY_CALL) {
      boolean possible = fault != Fault.LATE || call.operation().writes();
      if (possible && world.comes(fault)) {
        return Optional.of(fault);
      }
    }
    if (MalformedAnswers.ODD.contains(call.operation()) && world.comes(Fault.ODD_ANSWER)) {
      return Optional.of(Fault.ODD_ANSWER);
    }
    return switch (call.operation()) {
      case TRANSACT -> OF_TRANSACTIONS.stream().filter(world::comes).findFirst();
      case PUT -> Optional.of(Fault.TOO_MANY_UPDATES).filter(world::comes);
      case LIST ->
          Optional.of(Fault.PAGE_LOST).filter(fault -> call.isContinued() && world.comes(fault));
      case HISTORY, GET, QUERY, WRITE, DESCRIBE, CALENDAR -> Optional.empty();
    };
  }

  /** What is right but for its date, now and then. */
  private <T> T dated(Call call, Supplier<T> effect) {
    T answer = carriedOut(effect);
    if (!(answer instanceof GetParametersByPathResponse page)) {
      return answer;
    }
    boolean lies = world.liesAboutTheDate();
    if (lies && !call.isContinued()) {
      process.wasLiedTo();
    }
    if (page.nextToken() == null) {
      process.listed();
    }
    if (!lies) {
      return answer;
    }
    Instant date = FalseDates.drawn(world.now(), world.falseDates);
    trace(call, Outcome.DONE, "dated " + date);
    return FalseDates.dated(answer, date);
  }

  private <T> T carriedOut(Supplier<T> effect) {
    return world.doneBy(process, false, effect);
  }

  private <T> T faulty(Call call, Fault fault, Supplier<T> effect) {
    boolean ofParameterStore = call.operation().ofParameterStore();
    return switch (fault) {
      case THROTTLED -> throw AwsAnswers.throttled(ofParameterStore);
      case SERVER_ERROR -> throw AwsAnswers.serverError(ofParameterStore);
      case SERVER_ERROR_AFTER -> {
        carriedOut(effect);
        throw AwsAnswers.serverError(ofParameterStore);
      }
      case REQUEST_LOST -> throw AwsAnswers.timedOut();
      case ANSWER_LOST -> {
        carriedOut(effect);
        throw AwsAnswers.timedOut();
      }
      case LATE -> {
        world.timeline.at(
            world.timeline.now() + world.chance.seconds(1, 30), () -> arrivesLate(call, effect));
        throw AwsAnswers.timedOut();
      }
      case ODD_ANSWER -> MalformedAnswers.of(carriedOut(effect), world.chance);
      case CONFLICT -> throw AwsAnswers.conflict();
      case IN_PROGRESS -> throw AwsAnswers.inProgress();
      case TOO_MANY_UPDATES -> throw AwsAnswers.tooManyUpdates();
      case PAGE_LOST -> throw AwsAnswers.pageLost();
      default -> throw AwsAnswers.unreachable();
    };
  }

  private <T> void arrivesLate(Call call, Supplier<T> effect) {
    try {
      world.doneBy(process, true, effect);
      trace(call, Outcome.DONE, "(given up before)");
    } catch (RuntimeException e) {
      trace(call, Outcome.REFUSED, "(given up before) " + e.getMessage());
    }
  }

  private void trace(Call call, Outcome outcome, String more) {
    world.trace.line(
        process.name(),
        outcome,
        () ->
            "%-8s %s%s"
                .formatted(
                    call.operation(),
                    call.subject().get(),
                    outcome == Outcome.DONE && more.isEmpty()
                        ? ""
                        : " -> " + outcome + " " + more));
  }
}
