package dev.onward.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.testing.Management;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser comes to the board. */
@QuarkusTest
@TestProfile(Identified.class)
class SignInIT {
  private static final Formatter MESSAGE = new PatternFormatter("%s");

  @TestHTTPResource URI onward;

  TestIdentityProvider provider;

  private final CookieManager cookies = new CookieManager();
  private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listenToTheLog() {
    Logger.getLogger("").addHandler(log);
  }

  /** Nothing that anybody sends is an error of Onward's, or of what it is made of. */
  @AfterEach
  void nothingIsLoggedAsAnError() {
    Logger.getLogger("").removeHandler(log);
    assertThat(logged)
        .filteredOn(
            it -> it.getLevel().intValue() > Level.WARNING.intValue() || it.getThrown() != null)
        .extracting(it -> it.getLoggerName() + ": " + text(it))
        .isEmpty();
  }

  @Test
  void aBrowserIsSentToSignInAndComesBackToWhatItAskedFor() throws Exception {
    provider.nextIsIn("lookers");
    var page = get("/who-am-i", Redirect.NORMAL);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("alice-1 Alice Liddell");
    assertThat(page.uri().getPath()).isEqualTo("/who-am-i");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
  }

  @Test
  void whatItSendsToTheProviderCannotBeUsedByWhoeverSeesIt() throws Exception {
    var sent = get("/who-am-i", Redirect.NEVER);
    assertThat(sent.statusCode()).isEqualTo(302);
    assertThat(sent.headers().firstValue("Location").orElseThrow())
        .startsWith(provider.address() + "/authorize")
        .contains("code_challenge_method=S256", "nonce=", "state=", "sign-in");
  }

  @Test
  void theSessionIsSealedAndForOnwardsOwnPages() throws Exception {
    provider.nextIsIn("lookers");
    get("/who-am-i", Redirect.NORMAL);
    assertThat(sessionCookies()).isNotEmpty();
    for (HttpCookie cookie : sessionCookies()) {
      assertThat(cookie.isHttpOnly()).isTrue();
      assertThat(cookie.getValue()).doesNotContain(".alice").hasSizeLessThan(4096);
    }
    var again = get("/who-am-i", Redirect.NEVER);
    assertThat(again.statusCode()).isEqualTo(200);
  }

  @Test
  void theSessionDoesNotOpenTheApi() throws Exception {
    provider.nextIsIn("admins");
    assertThat(get("/who-am-i", Redirect.NORMAL).statusCode()).isEqualTo(200);
    for (String path :
        List.of(
            "/api/v1/projects",
            "//api/v1/projects",
            "/x/../api/v1/projects",
            "/api/v1/daemon",
            "/api%2Fv1/projects",
            "/api;x=y/v1/projects")) {
      assertThat(get(path, Redirect.NEVER).statusCode()).as(path).isIn(401, 404);
    }
  }

  @Test
  void aTokenDoesNotOpenTheBoard() throws Exception {
    var request =
        request("/who-am-i").header("Authorization", "Bearer " + provider.token("admins"));
    assertThat(send(request, Redirect.NEVER).statusCode()).isEqualTo(302);
  }

  @Test
  void whoHasNoRoleIsToldSo() throws Exception {
    provider.nextIsIn("strangers");
    var page = get("/who-am-i", Redirect.NORMAL);
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("it needs the role viewer on any project");
  }

  @Test
  void onlyOnwardsOwnPagesMayAct() throws Exception {
    provider.nextIsIn("admins");
    get("/who-am-i", Redirect.NORMAL);
    assertThat(form("Sec-Fetch-Site", "same-origin").body()).isEqualTo("done by Alice Liddell");
    assertThat(form("Origin", origin()).statusCode()).isEqualTo(200);
    assertThat(form("Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(form("Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
    assertThat(form("Origin", "https://evil.example").statusCode()).isEqualTo(403);
    assertThat(form("Origin", "null").statusCode()).isEqualTo(403);
    assertThat(form("X-Other", "x").statusCode()).isEqualTo(403);
  }

  @Test
  void anUpdateOfAPageIsNotSentToSignIn() throws Exception {
    var update = request("/who-am-i").header("HX-Request", "true");
    assertThat(send(update, Redirect.NEVER).statusCode()).isEqualTo(499);
  }

  @Test
  void aMadeUpReturnFromTheProviderSignsNobodyIn() throws Exception {
    assertThat(get("/sign-in?code=x&state=y", Redirect.NEVER).statusCode()).isEqualTo(401);
    assertThat(sessionCookies()).isEmpty();
  }

  /** Some of these once were answered 500, and others that the provider cannot be asked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "q_session_board_chunk_x=a",
        "q_session_board_chunk_1=a; q_session_board_chunk_3=b",
        "q_session_board=a",
        "q_session_board=.",
        "q_session_board=a.b.c.d.e",
        "q_session_board=eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMjU2R0NNIn0.a.b.c.d",
        "q_session_board=a|b|c",
        "q_session_board=||",
        "q_session_board=",
      })
  void aSessionThatCannotBeReadIsRefusedAndRemovedSoThatThePersonCanSignIn(String cookie)
      throws Exception {
    provider.nextIsIn("lookers");
    double before = refusals();
    var page = send(request("/who-am-i").header("Cookie", cookie), Redirect.NEVER);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(401);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).contains("cannot be read", "open the page again to sign in");
    for (String pair : cookie.split("; ", -1)) {
      String name = pair.substring(0, pair.indexOf('='));
      assertThat(page.headers().allValues("Set-Cookie"))
          .anySatisfy(
              expired ->
                  assertThat(expired).startsWith(name + "=;").contains("Max-Age=0", "Path=/"));
    }
    var update = request("/who-am-i").header("Cookie", cookie).header("Sec-Fetch-Mode", "cors");
    assertThat(send(update, Redirect.NEVER).statusCode()).isEqualTo(401);
    assertThat(refusals()).isEqualTo(before + 2);
    isOnRecord(page, "cannot be read");
    assertThat(get("/who-am-i", Redirect.NORMAL).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"q_session=x", "q_session_at_board=x; q_session_rt_board=y"})
  void aCookieThatIsNoSessionOfOnwardsStillLeadsToSignIn(String cookie) throws Exception {
    var page = send(request("/who-am-i").header("Cookie", cookie), Redirect.NEVER);
    assertThat(page.statusCode()).isEqualTo(302);
  }

  @ParameterizedTest
  @CsvSource({
    "/sign-in,",
    "/sign-in?code=x&state=made-up,",
    "/sign-in?code=x&state=made-up, q_auth_board_made-up=made-up",
    "/sign-in?code=x&state=made-up, q_auth_board_made-up=made-up|x",
    "/sign-in?code=x&state=made-up, q_auth_board_made-up=made-up|a.b.c.d.e",
    "/sign-in?code=x&state=made-up, q_auth_board_made-up=another|a.b.c.d.e",
    "/sign-in?code=x&state=made-up, q_auth_board_made-up=",
    "/sign-in?code=x&state=made-up, q_auth_board_made-up=|",
    "/sign-in?code=x&state=made-up, q_auth_made-up=made-up",
    "/sign-in?code=x&state=made-up, q_auth_board=made-up",
    "/sign-in?code=x&state=made-up&state=made-up, q_auth_board_made-up=made-up|a.b.c.d.e",
    "/sign-in?code=&state=, q_auth_board_=x",
    "/sign-in?state=made-up, q_auth_board_made-up=made-up|a.b.c.d.e",
    "/sign-in?error=access_denied&state=made-up, q_auth_board_made-up=made-up|a.b.c.d.e",
    "/sign-in?code=x,",
  })
  void aMadeUpStateSignsNobodyInAndIsNoFaultOfTheProviders(String path, String cookie)
      throws Exception {
    double before = refusals();
    var request = request(path);
    Optional.ofNullable(cookie).ifPresent(it -> request.header("Cookie", it));
    var answer = send(request, Redirect.NEVER);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("cannot be asked");
    assertThat(sessionCookies()).isEmpty();
    assertThat(refusals()).isEqualTo(before + 1);
    isOnRecord(answer, "/sign-in");
  }

  @Test
  void aMadeUpCodeOfASignInThatWasBegunSignsNobodyIn() throws Exception {
    var sent = get("/who-am-i", Redirect.NEVER);
    String location = sent.headers().firstValue("Location").orElseThrow();
    String state = location.replaceAll(".*[?&]state=([^&]*).*", "$1");
    double before = refusals();
    var answer = get("/sign-in?code=made-up&state=" + state, Redirect.NEVER);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("cannot be asked");
    assertThat(sessionCookies()).isEmpty();
    assertThat(refusals()).isEqualTo(before + 1);
    isOnRecord(answer, "/sign-in");
  }

  @Test
  void signingOutEndsTheSessionHereAndThere() throws Exception {
    provider.nextIsIn("lookers");
    get("/who-am-i", Redirect.NORMAL);
    var elsewhere = post("/sign-out", "Sec-Fetch-Site", "cross-site");
    assertThat(elsewhere.statusCode()).isEqualTo(403);
    assertThat(sessionCookies()).isNotEmpty();
    var out = post("/sign-out", "Sec-Fetch-Site", "same-origin");
    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(out.headers().firstValue("Refresh").orElseThrow())
        .startsWith("0; url=" + provider.address() + "/goodbye?")
        .contains("client_id=onward", "id_token_hint=");
    assertThat(sessionCookies()).isEmpty();
    assertThat(get("/who-am-i", Redirect.NEVER).statusCode()).isEqualTo(302);
    assertThat(get("/signed-out", Redirect.NEVER).statusCode()).isEqualTo(200);
  }

  /** Only a share of refusals goes to the audit trail; the log has the others. */
  private void isOnRecord(HttpResponse<String> refused, String words) {
    String request = refused.headers().firstValue("X-Request-Id").orElseThrow();
    await()
        .untilAsserted(
            () ->
                assertThat(auditOrLog())
                    .anySatisfy(line -> assertThat(line).contains(request, words)));
  }

  private List<String> auditOrLog() {
    var trail =
        given()
            .header("Authorization", "Bearer " + provider.token("admins"))
            .get("/api/v1/audit?limit=100")
            .jsonPath()
            .<Map<String, Object>>getList("events")
            .stream()
            .map(Map::toString);
    return Stream.concat(trail, logged.stream().map(SignInIT::text)).toList();
  }

  private static double refusals() {
    return given()
        .get(Management.url("/q/metrics"))
        .asString()
        .lines()
        .filter(line -> line.startsWith("onward_denied_requests_total"))
        .filter(line -> line.contains("unauthenticated"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String text(LogRecord record) {
    return MESSAGE.format(record);
  }

  private List<HttpCookie> sessionCookies() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().startsWith("q_session"))
        .toList();
  }

  private String origin() {
    return "http://" + onward.getAuthority();
  }

  private HttpResponse<String> form(String header, String value)
      throws IOException, InterruptedException {
    return post("/who-am-i", header, value);
  }

  private HttpResponse<String> post(String path, String header, String value)
      throws IOException, InterruptedException {
    var request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString("a=b"));
    return send(request, Redirect.NEVER);
  }

  private HttpResponse<String> get(String path, Redirect redirect)
      throws IOException, InterruptedException {
    return send(request(path), redirect);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, Redirect redirect)
      throws IOException, InterruptedException {
    try (var client =
        HttpClient.newBuilder().cookieHandler(cookies).followRedirects(redirect).build()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
