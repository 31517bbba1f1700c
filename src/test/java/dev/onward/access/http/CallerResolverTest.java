package dev.onward.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.OnwardConfig.WriteAccess;
import dev.onward.access.AccessDeniedException;
import dev.onward.access.AccessDeniedException.Kind;
import dev.onward.model.InvalidValueException;
import dev.onward.testing.Settings;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerResolverTest {
  private static final String JSON = "application/json";

  @Test
  void nobodyMayActUnlessASettingSaysSo() {
    var noProvider = new IdentityProvider(Optional.empty(), Optional.empty());
    assertThat(noProvider.writes(Settings.of())).isEqualTo(WriteAccess.NONE);
    var refused = refused(WriteAccess.NONE, knock("127.0.0.1", "localhost", JSON));
    assertThat(refused.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(refused).hasMessageContainingAll("onward.api.writes", "loopback");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
  void whoeverIsAtThisMachineMayAct(String address) {
    assertThat(admitted(knock(address, "localhost", JSON))).isEqualTo("operator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.7", "0.0.0.0", "2001:db8::1", "::ffff:10.0.0.7", "192.168.1.1"})
  void nobodyElseMay(String address) {
    assertThat(refused(knock(address, "localhost", JSON)).kind()).isEqualTo(Kind.FORBIDDEN);
  }

  @Test
  void whoeverHasNoAddressIsNobody() {
    var knock =
        knock(Optional.empty(), Optional.of("localhost"), Optional.of(JSON), Optional.empty());
    assertThat(refused(knock).kind()).isEqualTo(Kind.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "[::1]"})
  void aLoopbackNameIsAccepted(String host) {
    assertThat(admitted(knock("127.0.0.1", host, JSON))).isEqualTo("operator");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost.",
        "0.0.0.0",
        "onward",
        ""
      })
  void aNameThatOnlyResolvesToThisMachineIsNot(String host) {
    assertThat(refused(knock("127.0.0.1", host, JSON)).kind()).isEqualTo(Kind.FORBIDDEN);
  }

  @Test
  void aRequestWithoutAHostIsRefused() {
    var knock = knock(address("::1"), Optional.empty(), Optional.of(JSON), Optional.empty());
    assertThat(refused(knock).kind()).isEqualTo(Kind.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "multipart/form-data",
        "",
        "application/jsonp",
        "text/plain; x=application/json"
      })
  void whatAFormCanSendIsNotJson(String type) {
    assertThat(refused(knock("127.0.0.1", "localhost", type)).kind())
        .isEqualTo(Kind.WRONG_CONTENT_TYPE);
  }

  @Test
  void aRequestThatDoesNotSayWhatItSendsIsRefused() {
    var knock = knock(address("::1"), Optional.of("localhost"), Optional.empty(), Optional.empty());
    assertThat(refused(knock).kind()).isEqualTo(Kind.WRONG_CONTENT_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8"})
  void jsonIsJsonInAnySpelling(String type) {
    assertThat(admitted(knock("127.0.0.1", "localhost", type))).isEqualTo("operator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080", "http://LOCALHOST:8080"})
  void aFormOfAnOwnPageIsTaken(String origin) {
    assertThat(admitted(form(Optional.of(origin), Optional.empty()))).isEqualTo("operator");
    assertThat(admitted(form(Optional.of("null"), Optional.of("same-origin"))))
        .isEqualTo("operator");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "http://localhost:8081",
        "http://localhost",
        "null",
        "",
        "%"
      })
  void aFormOfAPageElsewhereIsRefused(String origin) {
    assertThat(refused(form(Optional.of(origin), Optional.empty())).kind())
        .isEqualTo(Kind.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none", ""})
  void whatTheBrowserSaysOfAPageCountsMoreThanItsOrigin(String site) {
    var knock = form(Optional.of("http://localhost:8080"), Optional.of(site));
    assertThat(refused(knock).kind()).isEqualTo(Kind.FORBIDDEN);
  }

  @Test
  void aFormThatNoBrowserSendsIsRefused() {
    assertThat(refused(form(Optional.empty(), Optional.empty())).kind()).isEqualTo(Kind.FORBIDDEN);
  }

  private static RequestOrigin form(Optional<String> origin, Optional<String> site) {
    return new RequestOrigin(
        address("127.0.0.1"),
        Optional.of("localhost:8080"),
        Optional.of("application/x-www-form-urlencoded"),
        Optional.empty(),
        origin,
        site,
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded",
        "forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Server",
        "x-forwarded-prefix",
        "X-Real-IP",
        "Via",
        "True-Client-IP"
      })
  void whatAProxyOnThisMachinePassesOnIsNotFromThisMachine(String header) {
    var sign = RequestOrigin.proxySign(Set.of("Host", header), HttpVersion.HTTP_1_1);
    assertThat(refused(passedOn(sign)))
        .hasMessageContainingAll("came through a proxy", header, "not from this machine");
  }

  /** As nginx speaks to what it passes requests on to, unless it is told otherwise. */
  @Test
  void neitherIsWhatSpeaksAsProxiesDo() {
    assertThat(refused(passedOn(RequestOrigin.proxySign(Set.of("Host"), HttpVersion.HTTP_1_0))))
        .hasMessageContaining("HTTP/1.0");
    assertThat(RequestOrigin.proxySign(Set.of("Host", "Accept"), HttpVersion.HTTP_1_1)).isEmpty();
    assertThat(RequestOrigin.proxySign(Set.of("host"), HttpVersion.HTTP_2)).isEmpty();
  }

  /** A proxy that adds nothing still passes on what the browser says of its page. */
  @Test
  void neitherIsAFormOfAPageThatIsServedUnderAnotherName() {
    var form = form(Optional.of("https://onward.example.org"), Optional.of("same-origin"));
    assertThat(refused(form)).hasMessageContaining("not from this machine");
  }

  @Test
  void theLogWarnsOfAProxyThatLeavesNoTrace() {
    var noProvider = new IdentityProvider(Optional.empty(), Optional.empty());
    assertThat(AccessModeLog.warning(Settings.of("onward.api.writes", "loopback"), noProvider))
        .hasValueSatisfying(words -> assertThat(words).contains("put no proxy"));
    assertThat(AccessModeLog.warning(Settings.of(), noProvider)).isEmpty();
  }

  private static RequestOrigin passedOn(Optional<String> sign) {
    return new RequestOrigin(
        address("127.0.0.1"),
        Optional.of("localhost:8080"),
        Optional.of(JSON),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        sign);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "Alice B.", "alice@example.org", "a+b_c-d", "7"})
  void aCallerSaysTheirName(String name) {
    assertThat(admitted(named(name))).isEqualTo(name);
  }

  @Test
  void whoSpellsTheirNameInTwoWaysIsOnePerson() {
    var alice = CallerResolver.actor(WriteAccess.LOOPBACK, named("alice")).requester();
    var shouting = CallerResolver.actor(WriteAccess.LOOPBACK, named(" ALICE ")).requester();
    assertThat(shouting.id()).isEqualTo(alice.id()).isEqualTo("alice");
    assertThat(shouting.name()).isEqualTo("ALICE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "a/b", "ä", "a\nb", "<b>", "onward", "OnWard", "unknown", " Unknown "})
  void anOddNameIsRefusedAndSoIsAutomations(String name) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> admitted(named(name)))
        .withMessageContaining("header Onward-Caller");
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertThat(admitted(named("a".repeat(64)))).hasSize(64);
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> admitted(named("a".repeat(65))));
  }

  private static RequestOrigin knock(String from, String host, String contentType) {
    return knock(address(from), Optional.of(host), Optional.of(contentType), Optional.empty());
  }

  private static RequestOrigin knock(
      Optional<InetAddress> from,
      Optional<String> host,
      Optional<String> contentType,
      Optional<String> name) {
    return new RequestOrigin(
        from, host, contentType, name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static RequestOrigin named(String name) {
    return knock(
        address("127.0.0.1"), Optional.of("localhost"), Optional.of(JSON), Optional.of(name));
  }

  private static Optional<InetAddress> address(String text) {
    return Optional.of(InetAddress.ofLiteral(text));
  }

  private static String admitted(RequestOrigin knock) {
    return CallerResolver.actor(WriteAccess.LOOPBACK, knock).requester().name();
  }

  private static AccessDeniedException refused(RequestOrigin knock) {
    return refused(WriteAccess.LOOPBACK, knock);
  }

  private static AccessDeniedException refused(WriteAccess writes, RequestOrigin knock) {
    return assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> CallerResolver.actor(writes, knock))
        .actual();
  }
}
