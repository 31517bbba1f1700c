package dev.onward.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks an Onward that was just installed whether it is ready and answers its API: what {@code helm
 * test} runs, from Onward's own image, so that no other has to be pulled. First it asks every pod
 * by itself, for the Service leads to none that is not ready, and so could not say why. It is a
 * program of its own and needs nothing but the JDK.
 *
 * <pre>{@code
 * java -cp 'app/*' dev.onward.InstallationCheck http://onward http://onward-pods:9000 PT1M
 * }</pre>
 */
final class InstallationCheck {
  private static final Duration CONNECTION = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final String READY = "/q/health/ready";
  private static final String API = "/api/v1/daemon";

  private final URI service;
  private final URI pods;
  private final Names names;
  private final Duration patience;
  private final Duration pause;
  private final PrintStream out;

  /**
   * @param service where people reach it, such as {@code http://onward:80}
   * @param pods a name with the addresses of all pods, ready or not, and the port of each one's
   *     health
   * @param patience how long it may take until it is ready
   * @param pause between two questions
   */
  InstallationCheck(
      URI service, URI pods, Names names, Duration patience, Duration pause, PrintStream out) {
    this.service = service;
    this.pods = pods;
    this.names = names;
    this.patience = patience;
    this.pause = pause;
    this.out = out;
  }

  /** Who has a name. */
  interface Names {
    InetAddress[] addressesOf(String name) throws UnknownHostException;
  }

  static void main(String[] arguments) throws InterruptedException {
    var out = new PrintStream(System.out, true, UTF_8);
    if (arguments.length != 3) {
      out.println(
          "Usage: InstallationCheck SERVICE PODS PATIENCE:"
              + " http://onward:80 http://onward-pods:9000 PT1M");
      System.exit(2);
    }
    // Pods come and go while this waits for them.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    var check =
        new InstallationCheck(
            URI.create(arguments[0]),
            URI.create(arguments[1]),
            InetAddress::getAllByName,
            Duration.parse(arguments[2]),
            Duration.ofSeconds(1),
            out);
    System.exit(check.passes() ? 0 : 1);
  }

  boolean passes() throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECTION).build()) {
      return podsAreReady(client, end) && serviceLeadsThere(client, end);
    }
  }

  private boolean podsAreReady(HttpClient client, Instant end) throws InterruptedException {
    List<Answer> answers = askThePods(client);
    while (!allReady(answers) && Instant.now().isBefore(end)) {
      Thread.sleep(pause);
      answers = askThePods(client);
    }
    if (answers.isEmpty()) {
      out.println(
          "No pod has an address: nobody has the name %s. `kubectl get pods` says whether any runs,"
                  .formatted(pods.getHost())
              + " and `kubectl describe pods` why not");
    }
    answers.forEach(answer -> out.println((answer.ok() ? "Ready: " : "Not ready: ") + answer));
    return allReady(answers);
  }

  private static boolean allReady(List<Answer> answers) {
    return !answers.isEmpty() && answers.stream().allMatch(Answer::ok);
  }

  private List<Answer> askThePods(HttpClient client) throws InterruptedException {
    var answers = new ArrayList<Answer>();
    try {
      for (InetAddress address : names.addressesOf(pods.getHost())) {
        answers.add(ask(client, at(address)));
      }
    } catch (UnknownHostException e) {
      // Nobody has the name: there is nobody to ask.
    }
    return answers;
  }

  private URI at(InetAddress pod) {
    try {
      return new URI(
          pods.getScheme(), null, pod.getHostAddress(), pods.getPort(), READY, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** It learns of a pod's readiness a moment later. */
  private boolean serviceLeadsThere(HttpClient client, Instant end) throws InterruptedException {
    Answer answer = ask(client, service.resolve(API));
    while (answer.status() == 0 && Instant.now().isBefore(end)) {
      Thread.sleep(pause);
      answer = ask(client, service.resolve(API));
    }
    switch (answer.status()) {
      case 0 -> out.println("The pods are ready, but the Service does not lead to them: " + answer);
      case 200 -> out.println("The API answers: " + answer);
      case 401 -> out.println("The API answers, and asks who comes: an identity provider is set");
      default -> out.println("The API does not answer as it should: " + answer);
    }
    return isTheApis(answer);
  }

  /** With an identity provider it does not answer strangers, and says so: that is right as well. */
  private static boolean isTheApis(Answer answer) {
    return answer.status() == 200 || answer.status() == 401;
  }

  private static Answer ask(HttpClient client, URI address) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(address, response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(address, 0, unanswered(e));
    }
  }

  private static String unanswered(IOException e) {
    String meaning =
        switch (e) {
          case HttpConnectTimeoutException _ ->
              "no connection within %s s: does a network policy forbid it?"
                  .formatted(CONNECTION.toSeconds());
          case HttpTimeoutException _ ->
              "connected, and no answer within %s s".formatted(ANSWER.toSeconds());
          case ConnectException _ ->
              "nobody listens there: it has not started yet, or does not start; its log says why";
          default -> "no answer";
        };
    return "%s (%s)".formatted(meaning, e);
  }

  /**
   * @param status 0 if there was no answer, and then the text says why
   */
  private record Answer(URI address, int status, String text) {
    boolean ok() {
      return status == 200;
    }

    @Override
    public String toString() {
      return "GET %s: %s%s".formatted(address, status == 0 ? "" : status + " ", text.strip());
    }
  }
}
