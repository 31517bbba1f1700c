package dev.onward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * Asks an Onward that was just installed whether it is ready and answers its API: what {@code helm
 * test} runs, from Onward's own image, so that no other has to be pulled. It is a program of its
 * own and needs nothing but the JDK.
 *
 * <pre>{@code java -cp 'app/*' dev.onward.InstallationCheck http://onward}</pre>
 */
final class InstallationCheck {
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final URI onward;
  private final Duration patience;
  private final Duration pause;
  private final PrintStream out;

  /**
   * @param onward where it is, such as {@code http://onward:80}
   * @param patience how long it may take until it is ready
   * @param pause between two questions
   */
  InstallationCheck(URI onward, Duration patience, Duration pause, PrintStream out) {
    this.onward = onward;
    this.patience = patience;
    this.pause = pause;
    this.out = out;
  }

  static void main(String[] arguments) throws InterruptedException {
    var out = new PrintStream(System.out, true, UTF_8);
    if (arguments.length != 1) {
      out.println("Usage: InstallationCheck ADDRESS, such as http://onward:80");
      System.exit(2);
    }
    var check =
        new InstallationCheck(
            URI.create(arguments[0]), Duration.ofMinutes(1), Duration.ofSeconds(1), out);
    System.exit(check.passes() ? 0 : 1);
  }

  boolean passes() throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
      return isReady(client) && answersTheApi(client);
    }
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    Answer answer = ask(client, "/q/health/ready");
    while (answer.status() != 200 && Instant.now().isBefore(end)) {
      Thread.sleep(pause);
      answer = ask(client, "/q/health/ready");
    }
    out.println((answer.status() == 200 ? "Ready: " : "Not ready: ") + answer);
    return answer.status() == 200;
  }

  /** With an identity provider it does not answer strangers, and says so: that is right as well. */
  private boolean answersTheApi(HttpClient client) throws InterruptedException {
    Answer answer = ask(client, "/api/v1/daemon");
    switch (answer.status()) {
      case 200 -> out.println("The API answers: " + answer);
      case 401 -> out.println("The API answers, and asks who comes: an identity provider is set");
      default -> out.println("The API does not answer as it should: " + answer);
    }
    return answer.status() == 200 || answer.status() == 401;
  }

  private Answer ask(HttpClient client, String path) throws InterruptedException {
    URI address = onward.resolve(path);
    try {
      var request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(address, response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(address, 0, e.toString());
    }
  }

  /**
   * @param status 0 if there was no answer, and then the text says why
   */
  private record Answer(URI address, int status, String text) {
    @Override
    public String toString() {
      return "GET %s: %s%s".formatted(address, status == 0 ? "" : status + " ", text.strip());
    }
  }
}
