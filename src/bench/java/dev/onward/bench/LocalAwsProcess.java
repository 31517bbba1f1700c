package dev.onward.bench;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The local AWS as a process of its own. It says where it listens, then answers each command, a
 * line of JSON, by a line: so that an estate is there within seconds, and nothing of the benchmark
 * runs in the JVM that is measured against. It ends with its input.
 */
final class LocalAwsProcess {
  private static final String DYNAMO = "dynamodb.";

  private LocalAwsProcess() {}

  /** What it can be told; what is absent is not asked for. */
  record Command(Optional<Workload.Change> publish, Optional<Long> delayMillis) {}

  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    // Whatever a library has to say is no answer.
    System.setOut(System.err);
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      aws.countCapacity();
      answers.println(aws.endpoint());
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        carryOut(Line.read(line, Command.class), aws);
        answers.println(Line.of(consumption(aws)));
      }
    }
    // What DynamoDB Local leaves running is nobody's concern.
    System.exit(0);
  }

  private static Consumption consumption(LocalAws aws) {
    Map<String, Double> calls =
        aws.calls().entrySet().stream()
            .filter(call -> call.getKey().startsWith(DYNAMO))
            .collect(
                Collectors.toMap(
                    call -> call.getKey().substring(DYNAMO.length()),
                    call -> call.getValue().doubleValue()));
    return new Consumption(aws.capacity(), calls);
  }

  private static void carryOut(Command command, LocalAws aws) {
    command
        .publish()
        .ifPresent(
            change ->
                change.forEach(
                    (name, image) -> aws.ssm().putParameter(name, image, "built", "build")));
    command.delayMillis().map(Duration::ofMillis).ifPresent(aws::delayAnswers);
  }
}
