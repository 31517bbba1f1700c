package dev.onward.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.policy.Gate;
import dev.onward.policy.gate.GateType.Settings.Flag;
import dev.onward.policy.gate.GateType.Settings.PositiveDuration;
import dev.onward.policy.gate.GateType.Settings.Structured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateTypeTest {
  @Test
  void theReferenceListsEveryGateInTheOrderOfEvaluation() throws IOException {
    assertThat(reference())
        .extracting(row -> row.getFirst().replaceAll(".*`(\\w+)`.*", "$1"))
        .isEqualTo(keys(List.of(GateType.values())));
  }

  @Test
  void theReferenceSaysWhichGatesNeedAnEnvironmentAsSource() throws IOException {
    assertThat(reference())
        .extracting(List::getLast)
        .isEqualTo(
            Arrays.stream(GateType.values())
                .map(
                    type ->
                        type.settings().isEmpty()
                            ? ""
                            : type.whyNoLabel().isEmpty() ? "yes" : "error")
                .toList());
  }

  @Test
  void everyGateIsEitherBuiltInOrConfigurable() {
    assertThat(keys(GateType.builtIn()))
        .containsExactly("mode", "stop", "hold", "source_converged");
    assertThat(GateType.values())
        .hasSize(GateType.builtIn().size() + GateType.configurable().size());
  }

  @ParameterizedTest
  @EnumSource
  void aGateHasTheNameOfItsType(GateType type) {
    Optional<Gate> gate =
        type.settings()
            .flatMap(
                settings ->
                    switch (settings) {
                      case Flag(Supplier<Gate> flag) -> Optional.of(flag.get());
                      case PositiveDuration(Function<Duration, Gate> of) ->
                          Optional.of(of.apply(Duration.ofHours(1)));
                      case Structured() -> Optional.empty();
                    });

    gate.ifPresent(it -> assertThat(it.name()).isEqualTo(type.key()));
    assertThat(GateType.of(type.key())).contains(type);
  }

  @Test
  void everyLabelIsShortAndUnique() {
    assertThat(GateType.values())
        .extracting(GateType::label)
        .doesNotHaveDuplicates()
        .allMatch(label -> !label.isBlank() && label.length() <= 30);
  }

  @Test
  void aGateThatThisVersionDoesNotKnowHasNoType() {
    assertThat(GateType.of("moon")).isEmpty();
  }

  private static List<String> keys(List<GateType> types) {
    return types.stream().map(GateType::key).toList();
  }

  /** The rows of the table of gates. */
  private static List<List<String>> reference() throws IOException {
    return Files.readString(Path.of("docs", "manifest.md"))
        .lines()
        .dropWhile(line -> !line.startsWith("| gate | example |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> List.of(line.substring(1, line.length() - 1).split("\\|", -1)))
        .map(row -> row.stream().map(String::strip).toList())
        .toList();
  }
}
