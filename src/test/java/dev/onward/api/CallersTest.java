package dev.onward.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.OnwardConfig.Acting;
import dev.onward.api.Callers.Knock;
import dev.onward.testing.Settings;
import jakarta.ws.rs.core.Response.Status;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {
  private static final String JSON = "application/json";

  @Test
  void nobodyMayActUnlessASettingSaysSo() {
    assertThat(Settings.of().api().acting()).isEqualTo(Acting.NONE);
    var refused = refused(Acting.NONE, knock("127.0.0.1", "localhost", JSON));
    assertThat(refused.status()).isEqualTo(Status.FORBIDDEN);
    assertThat(refused).hasMessageContainingAll("onward.api.acting", "loopback");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
  void whoeverIsAtThisMachineMayAct(String address) {
    assertThat(admitted(knock(address, "localhost", JSON))).isEqualTo("operator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.7", "0.0.0.0", "2001:db8::1", "::ffff:10.0.0.7", "192.168.1.1"})
  void nobodyElseMay(String address) {
    assertThat(refused(knock(address, "localhost", JSON)).status()).isEqualTo(Status.FORBIDDEN);
  }

  @Test
  void whoeverHasNoAddressIsNobody() {
    var knock =
        new Knock(Optional.empty(), Optional.of("localhost"), Optional.of(JSON), Optional.empty());
    assertThat(refused(knock).status()).isEqualTo(Status.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "::1", "[::1]"})
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
    assertThat(refused(knock("127.0.0.1", host, JSON)).status()).isEqualTo(Status.FORBIDDEN);
  }

  @Test
  void aRequestWithoutAHostIsRefused() {
    var knock = new Knock(address("::1"), Optional.empty(), Optional.of(JSON), Optional.empty());
    assertThat(refused(knock).status()).isEqualTo(Status.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
        "application/jsonp",
        "text/plain; x=application/json"
      })
  void whatAFormCanSendIsNotJson(String type) {
    assertThat(refused(knock("127.0.0.1", "localhost", type)).status())
        .isEqualTo(Status.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void aRequestThatDoesNotSayWhatItSendsIsRefused() {
    var knock =
        new Knock(address("::1"), Optional.of("localhost"), Optional.empty(), Optional.empty());
    assertThat(refused(knock).status()).isEqualTo(Status.UNSUPPORTED_MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8"})
  void jsonIsJsonInAnySpelling(String type) {
    assertThat(admitted(knock("127.0.0.1", "localhost", type))).isEqualTo("operator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "Alice B.", "alice@example.org", "a+b_c-d", "7"})
  void aCallerSaysTheirName(String name) {
    assertThat(admitted(named(name))).isEqualTo(name);
  }

  @Test
  void whoSpellsTheirNameInTwoWaysIsOnePerson() {
    var alice = Callers.admit(Acting.LOOPBACK, named("alice")).requester();
    var shouting = Callers.admit(Acting.LOOPBACK, named(" ALICE ")).requester();
    assertThat(shouting.id()).isEqualTo(alice.id()).isEqualTo("alice");
    assertThat(shouting.name()).isEqualTo("ALICE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a/b", "ä", "a\nb", "<b>", "onward", "OnWard"})
  void anOddNameIsRefusedAndSoIsAutomations(String name) {
    var refused = refused(named(name));
    assertThat(refused.status()).isEqualTo(Status.BAD_REQUEST);
    assertThat(refused.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.field()).isEqualTo("header Onward-Caller"));
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertThat(admitted(named("a".repeat(64)))).hasSize(64);
    assertThat(refused(named("a".repeat(65))).status()).isEqualTo(Status.BAD_REQUEST);
  }

  private static Knock knock(String from, String host, String contentType) {
    return new Knock(address(from), Optional.of(host), Optional.of(contentType), Optional.empty());
  }

  private static Knock named(String name) {
    return new Knock(
        address("127.0.0.1"), Optional.of("localhost"), Optional.of(JSON), Optional.of(name));
  }

  private static Optional<InetAddress> address(String text) {
    return Optional.of(InetAddress.ofLiteral(text));
  }

  private static String admitted(Knock knock) {
    return Callers.admit(Acting.LOOPBACK, knock).requester().name();
  }

  private static RefusedRequest refused(Knock knock) {
    return refused(Acting.LOOPBACK, knock);
  }

  private static RefusedRequest refused(Acting acting, Knock knock) {
    return assertThatExceptionOfType(RefusedRequest.class)
        .isThrownBy(() -> Callers.admit(acting, knock))
        .actual();
  }
}
