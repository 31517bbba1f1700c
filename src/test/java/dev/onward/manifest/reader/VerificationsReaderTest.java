package dev.onward.manifest.reader;

import static dev.onward.manifest.GateTexts.gates;
import static dev.onward.manifest.GateTexts.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.policy.Verification;
import dev.onward.policy.Verification.Comparison;
import dev.onward.policy.Verification.Http;
import dev.onward.policy.Verification.JsonValue;
import dev.onward.policy.Verification.Prometheus;
import dev.onward.policy.Verification.Threshold;
import dev.onward.policy.gate.VerificationsGate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifications as manifests write them, well and badly. */
class VerificationsReaderTest {
  @Test
  void everySettingOfAVerificationIsRead() {
    String text =
        """
        verifications:
          - name: smoke
            http: {url: "https://stage.example.org/health?deep=1", status: 204, json: {pointer: /a~1b/0, equals: ok}}
            for: 10m
            every: 5s
            timeout: 1s
          - name: errors
            prometheus: {url: "http://prometheus:9090/main", query: 'sum(rate(errors_total[5m]))', below: 0.01}
            for: 30m
        """;
    assertThat(gates(text))
        .containsExactly(
            new VerificationsGate(
                List.of(
                    new Verification(
                        "smoke",
                        new Http(
                            URI.create("https://stage.example.org/health?deep=1"),
                            204,
                            Optional.of(new JsonValue("/a~1b/0", "ok"))),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1)),
                    new Verification(
                        "errors",
                        new Prometheus(
                            URI.create("http://prometheus:9090/main"),
                            "sum(rate(errors_total[5m]))",
                            new Threshold(Comparison.BELOW, 0.01)),
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5)))));
  }

  @ParameterizedTest
  @CsvSource({"below, BELOW", "at_most, AT_MOST", "above, ABOVE", "at_least, AT_LEAST"})
  void aThresholdIsOneOfFour(String key, Comparison comparison) {
    assertThat(gates(prometheus("%s: -1.5e3".formatted(key))))
        .extracting(gate -> ((VerificationsGate) gate).verifications().getFirst().probe())
        .containsExactly(
            new Prometheus(URI.create("http://prom"), "up", new Threshold(comparison, -1500)));
  }

  @ParameterizedTest
  @CsvSource({"ok, ok", "'true', true", "false, false", "5, 5", "1.10, 1.10", "\"yes\", yes"})
  void aJsonValueIsExpectedAsItsText(String written, String expected) {
    assertThat(gates(http("url: 'http://a', json: {pointer: /s, equals: %s}".formatted(written))))
        .extracting(
            gate -> ((Http) ((VerificationsGate) gate).verifications().getFirst().probe()).json())
        .containsExactly(Optional.of(new JsonValue("/s", expected)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "https://10.0.0.7/health",
        "HTTP://[fd00::1]:9090/",
        "http://169.253.0.1/",
        "http://instance-database/",
        "https://stage.example.org/a%20b?q=1",
        "https://stage.example.org/@home"
      })
  void anyOtherAddressIsTaken(String url) {
    assertThat(gates(http("url: '" + url + "'"))).hasSize(1);
  }

  @Test
  void thereMayBeTwenty() {
    assertThat(gates(verifications(20))).hasSize(1);
    assertThat(problems(verifications(21)))
        .containsExactly(
            "error: 8.verifications: found a list of 21; allowed: a list of 1 to 20 verifications");
    assertThat(problems("verifications: []"))
        .containsExactly(
            "error: 8.verifications: found an empty list; allowed: a list of 1 to 20"
                + " verifications");
  }

  @Test
  void aNameIsOnceInAPolicy() {
    String text =
        """
        verifications:
          - {name: smoke, http: {url: "http://a"}}
          - {name: smoke, http: {url: "http://b"}}
        """;
    assertThat(problems(text))
        .containsExactly(
            "error: 10.verifications[1].name: found 'smoke' a second time; allowed: each"
                + " verification's own name");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          smoke                                               | : found 'smoke'; allowed: a map with name, http or prometheus, for, every and timeout
          {http: {url: "http://a"}}                           | .name: found nothing; allowed: a name of 1 to 40 letters, digits, '_', '.' or '-'
          {name: a b, http: {url: "http://a"}}                | .name: found 'a b'; allowed: a name of 1 to 40 letters, digits, '_', '.' or '-'
          {name: v}                                           | : found neither http nor prometheus; allowed: exactly one of http and prometheus
          {name: v, http: {url: "http://a"}, prometheus: {url: "http://a", query: up, above: 0}} | : found both http and prometheus; allowed: exactly one of http and prometheus
          {name: v, http: "http://a"}                         | .http: found 'http://a'; allowed: a map with url, status and json
          {name: v, http: {status: 200}}                      | .http.url: found nothing; allowed: an http or https address such as https://stage.example.org/health
          {name: v, http: {url: "http://a", status: 100}}     | .http.status: found the number 100; allowed: a whole number from 200 to 599
          {name: v, http: {url: "http://a", status: 0310}}    | .http.status: found the number 0310; allowed: a whole number from 200 to 599
          {name: v, http: {url: "http://a", status: 99999999999}} | .http.status: found the number 99999999999; allowed: a whole number from 200 to 599
          {name: v, http: {url: "http://a", method: POST}}    | .http.method: found an unknown key; allowed: url, status, json
          {name: v, http: {url: "http://a", json: ok}}        | .http.json: found 'ok'; allowed: a map with pointer and equals
          {name: v, http: {url: "http://a", json: {equals: ok}}} | .http.json.pointer: found nothing; allowed: a JSON pointer of at most 200 characters, such as /status
          {name: v, http: {url: "http://a", json: {pointer: status, equals: ok}}} | .http.json.pointer: found 'status'; allowed: a JSON pointer of at most 200 characters, such as /status
          {name: v, http: {url: "http://a", json: {pointer: /a~2, equals: ok}}} | .http.json.pointer: found '/a~2'; allowed: a JSON pointer of at most 200 characters, such as /status
          {name: v, http: {url: "http://a", json: {pointer: /a}}} | .http.json.equals: found nothing; allowed: text of 1 to 200 characters, a number, true or false
          {name: v, http: {url: "http://a", json: {pointer: /a, equals: ""}}} | .http.json.equals: found nothing; allowed: text of 1 to 200 characters, a number, true or false
          {name: v, http: {url: "http://a", json: {pointer: /a, equals: yes}}} | .http.json.equals: found yes, which is read as a boolean; allowed: text of 1 to 200 characters, a number, true or false, in quotes
          {name: v, http: {url: "http://a", json: {pointer: /a, equal: 1, equals: 1}}} | .http.json.equal: found an unknown key; allowed: pointer, equals (did you mean equals?)
          {name: v, prometheus: {query: up, above: 0}}        | .prometheus.url: found nothing; allowed: an http or https address such as https://stage.example.org/health
          {name: v, prometheus: {url: "http://a?x=y", query: up, above: 0}} | .prometheus.url: found 'http://a?x=y'; allowed: the address of a Prometheus server, without a query (?…)
          {name: v, prometheus: {url: "http://a", above: 0}}  | .prometheus.query: found nothing; allowed: a PromQL query of 1 to 2,000 characters
          {name: v, prometheus: {url: "http://a", query: " ", above: 0}} | .prometheus.query: found ' '; allowed: a PromQL query of 1 to 2,000 characters
          {name: v, prometheus: {url: "http://a", query: up}} | .prometheus: found no threshold; allowed: exactly one of below, at_most, above and at_least
          {name: v, prometheus: {url: "http://a", query: up, above: 0, below: 1}} | .prometheus: found below and above; allowed: exactly one of below, at_most, above and at_least
          {name: v, prometheus: {url: "http://a", query: up, above: few}} | .prometheus.above: found 'few'; allowed: a number such as 0.01
          {name: v, prometheus: {url: "http://a", query: up, above: 1e999}} | .prometheus.above: found the number 1e999; allowed: a number such as 0.01
          {name: v, prometheus: {url: "http://a", query: up, above: .nan}} | .prometheus.above: found the number .nan; allowed: a number such as 0.01
          {name: v, prometheus: {url: "http://a", query: up, above: 010}} | .prometheus.above: found the number 010; allowed: a number such as 0.01
          {name: v, prometheus: {url: "http://a", query: up, at_least: 0, at_mots: 1}} | .prometheus.at_mots: found an unknown key; allowed: url, query, below, at_most, above, at_least (did you mean at_most?)
          {name: v, http: {url: "http://a"}, for: 10}         | .for: found the number 10; allowed: a duration with its unit: 10s, 10m, 10h or 10d
          {name: v, http: {url: "http://a"}, every: 4s}       | .every: found '4s'; allowed: a duration from 5s to 366d
          {name: v, http: {url: "http://a"}, timeout: 0s}     | .timeout: found '0s'; allowed: a duration from 1s to 30s
          {name: v, http: {url: "http://a"}, timeout: 31s}    | .timeout: found '31s'; allowed: a duration from 1s to 30s
          {name: v, http: {url: "http://a"}, every: 10s, timeout: 11s} | .timeout: found '11s'; allowed: at most every, which is PT10S
          {name: v, http: {url: "http://a"}, evry: 1m}        | .evry: found an unknown key; allowed: name, http, prometheus, for, every, timeout (did you mean every?)
          """)
  void whatCannotBeMeantIsRefused(String verification, String problem) {
    assertThat(problems("verifications: [%s]".formatted(verification)))
        .containsExactly("error: 8.verifications[0]" + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a/",
        "a/b",
        "//a/b",
        "http:///x",
        "http://my_host/",
        "http://h:0/",
        "http://h:65536/",
        "http://a b/",
        "http://999.1.1.1/",
        "http://0xA9FEA9FE/",
        "http://0251.0376.0251.0376/",
        "http://é.example.org/"
      })
  void whatIsNoWebAddressIsRefused(String url) {
    assertThat(problems(http("url: '" + url + "'")))
        .containsExactly(
            "error: 8.verifications[0].http.url: found '"
                + url
                + "'; allowed: an http or https address such as https://stage.example.org/health");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "http://169.254.170.2",
        "http://2852039166/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/latest",
        "http://[64:ff9b::169.254.169.254]/",
        "http://[64:ff9b:1::169.254.169.254]/",
        "http://[64:ff9b:1:a9fe:a9:fe00::]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://[2002:a9fe:aa02::1]/",
        "http://[2001:0:a9fe:a9fe::]/",
        "http://[2001::5601:5601]/",
        "http://[::169.254.169.254]/",
        "http://[::ffff:0:169.254.169.254]/",
        "http://[fd00:ec2:0:0::254]/latest",
        "http://instance-data/latest",
        "http://Instance-Data./latest",
        "http://instance-data.ec2.internal"
      })
  void aMachinesOwnCredentialsAreNotLookedAt(String url) {
    assertThat(problems(http("url: '" + url + "'")))
        .containsExactly(
            "error: 8.verifications[0].http.url: found '"
                + url
                + "'; allowed: an address that is neither link-local nor an instance's metadata");
  }

  @Test
  void aFragmentIsRefused() {
    assertThat(problems(http("url: 'http://a/#top'")))
        .containsExactly(
            "error: 8.verifications[0].http.url: found 'http://a/#top'; allowed: an address without"
                + " a fragment (#…)");
  }

  @Test
  void aPasswordIsRefusedAndNotRepeated() {
    assertThat(problems(http("url: 'https://me:hunter2@stage.example.org/'")))
        .containsExactly(
            "error: 8.verifications[0].http.url: found an address with an '@'; allowed: an address"
                + " without a user name or password: a manifest is no place for secrets");
    assertThat(problems(http("url: 'htps://me:hunter2@stage.example.org/'")))
        .noneMatch(problem -> problem.contains("hunter2"));
    assertThat(problems(http("url: 'me:hunter 2@stage.example.org'")))
        .hasSize(1)
        .noneMatch(problem -> problem.contains("hunter"));
  }

  private static String verifications(int count) {
    return IntStream.range(0, count)
        .mapToObj("{name: v%d, http: {url: 'http://a'}}"::formatted)
        .collect(Collectors.joining(", ", "verifications: [", "]"));
  }

  private static String http(String settings) {
    return "verifications: [{name: v, http: {%s}}]".formatted(settings);
  }

  private static String prometheus(String settings) {
    return "verifications: [{name: v, prometheus: {url: 'http://prom', query: up, %s}}]"
        .formatted(settings);
  }
}
