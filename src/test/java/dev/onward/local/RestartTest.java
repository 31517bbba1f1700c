package dev.onward.local;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterType;

class RestartTest extends SsmTestBase {

  @TempDir Path directory;

  @Override
  LocalAwsOptions options() {
    return super.options().keptIn(directory);
  }

  @Test
  void everythingOfAParameterSurvives() {
    ssm.putParameter(
        p -> p.name("/s").value("secret").type(ParameterType.SECURE_STRING).description("d"));
    IntStream.rangeClosed(1, 105).forEach(i -> overwrite("/a/b", "v" + i));
    ssm.labelParameterVersion(p -> p.name("/a/b").parameterVersion(50L).labels("good"));
    ssm.labelParameterVersion(p -> p.name("/a/b").parameterVersion(60L).labels("good"));
    create("/gone", "x");
    ssm.deleteParameter(p -> p.name("/gone"));
    List<ParameterHistory> before = history("/a/b");
    List<ParameterHistory> secret = history("/s");

    restart();

    assertThat(history("/a/b")).isEqualTo(before).hasSize(100);
    assertThat(history("/s")).isEqualTo(secret);
    assertThat(valueOf("/a/b:good")).isEqualTo("v60");
    assertThat(codeOf(() -> valueOf("/gone"))).isEqualTo("ParameterNotFound");
    assertThat(overwrite("/a/b", "next")).isEqualTo(106);
  }

  @Test
  void aPageTokenIsStillGoodAfterwards() {
    IntStream.range(0, 15).forEach(i -> create("/p/s" + (10 + i), "x"));
    String token = ssm.getParametersByPath(p -> p.path("/p")).nextToken();

    restart();

    assertThat(ssm.getParametersByPath(p -> p.path("/p").nextToken(token)).parameters()).hasSize(5);
  }

  @Test
  void aWriteThatWasCutOffIsForgottenAndTheRestKept() throws IOException {
    create("/a", "1");
    create("/b", "2");
    aws.close();
    Files.writeString(journal(), "{\"name\":\"/c\",\"ver", APPEND);

    restart();

    assertThat(ssm.describeParameters().parameters()).hasSize(2);
    create("/c", "3");
    restart();
    assertThat(valueOf("/c")).isEqualTo("3");
  }

  @Test
  void aBrokenLineIsNamedAndNothingIsLost() throws IOException {
    create("/a", "1");
    aws.close();
    Files.writeString(journal(), "nonsense\n", APPEND);
    String damaged = Files.readString(journal());

    assertThatThrownBy(() -> LocalAws.start(options()))
        .hasMessageContaining("Line 2 of " + journal());
    assertThat(journal()).hasContent(damaged);
  }

  @Test
  void twoCannotShareADirectory() {
    LocalAwsOptions same = options();

    assertThatThrownBy(() -> LocalAws.start(same)).hasMessageContaining("data directory");
  }

  private Path journal() {
    return directory.resolve("ssm/parameters.jsonl");
  }

  private List<ParameterHistory> history(String name) {
    return ssm.getParameterHistoryPaginator(p -> p.name(name)).stream()
        .flatMap(page -> page.parameters().stream())
        .toList();
  }

  private void restart() {
    stop();
    start();
  }
}
