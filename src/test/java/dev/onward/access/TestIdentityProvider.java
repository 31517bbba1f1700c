package dev.onward.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * An OpenID Connect provider that knows one person, and believes every browser to be theirs. It
 * stays at one address, whether it can be reached there or not.
 */
public final class TestIdentityProvider implements AutoCloseable {
  static final String CLIENT = "onward";
  static final String SECRET = "a-secret-that-only-the-provider-and-onward-know";

  private static final ObjectMapper JSON = new ObjectMapper();
  private volatile KeyPair key = keyPair();
  private volatile String keyId = "test";
  private final int port;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private Optional<HttpServer> server = Optional.empty();
  private volatile List<String> groups = List.of();

  TestIdentityProvider() {
    open(0);
    port = server.orElseThrow().getAddress().getPort();
  }

  URI address() {
    return URI.create("http://localhost:" + port);
  }

  /** The groups of whoever signs in from now on. */
  void nextIsIn(String... memberOf) {
    groups = List.of(memberOf);
  }

  void cannotBeReached() {
    close();
  }

  void canBeReached() {
    if (server.isEmpty()) {
      open(port);
    }
  }

  /** What Alice brings who is in these groups. */
  String token(String... memberOf) {
    return token(claims(memberOf), key);
  }

  String token(Map<String, Object> claims) {
    return token(claims, key);
  }

  String token(Map<String, Object> claims, KeyPair signedWith) {
    return Jwt.claims(claims).jws().keyId(keyId).sign(signedWith.getPrivate());
  }

  /** Of an access token; each can be set otherwise. */
  Map<String, Object> claims(String... memberOf) {
    var claims = new HashMap<String, Object>();
    long now = Instant.now().getEpochSecond();
    claims.put("iss", address().toString());
    claims.put("aud", CLIENT);
    claims.put("sub", "alice-1");
    claims.put("name", "Alice Liddell");
    claims.put("groups", Arrays.asList(memberOf));
    claims.put("iat", now);
    claims.put("exp", now + 300);
    return claims;
  }

  /** From now on it signs with another key, and shows only that one; returns the one before. */
  KeyPair keysChange() {
    KeyPair before = key;
    key = keyPair();
    keyId = UUID.randomUUID().toString();
    return before;
  }

  static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void open(int at) {
    try {
      HttpServer opened =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
      opened.createContext("/", this::answer);
      opened.start();
      server = Optional.of(opened);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/.well-known/openid-configuration" -> json(exchange, discovery());
      case "/jwks" -> json(exchange, Map.of("keys", List.of(jwk())));
      case "/authorize" -> authorize(exchange);
      case "/token" -> {
        Map<String, Object> tokens = exchangeCode(exchange);
        json(exchange, tokens.containsKey("error") ? 400 : 200, tokens);
      }
      case "/goodbye" -> json(exchange, Map.of("signed", "out"));
      default -> exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }

  private Map<String, Object> discovery() {
    var document = new HashMap<String, Object>();
    document.put("issuer", address().toString());
    document.put("jwks_uri", address() + "/jwks");
    document.put("authorization_endpoint", address() + "/authorize");
    document.put("token_endpoint", address() + "/token");
    document.put("end_session_endpoint", address() + "/goodbye");
    document.put("response_types_supported", List.of("code"));
    document.put("code_challenge_methods_supported", List.of("S256"));
    return document;
  }

  private Map<String, Object> jwk() {
    var rsa = (RSAPublicKey) key.getPublic();
    return Map.of(
        "kty",
        "RSA",
        "kid",
        keyId,
        "use",
        "sig",
        "alg",
        "RS256",
        "n",
        text(rsa.getModulus()),
        "e",
        text(rsa.getPublicExponent()));
  }

  /** Whoever comes is signed in already. */
  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            "%s?code=%s&state=%s".formatted(asked.get("redirect_uri"), code, asked.get("state")));
    exchange.sendResponseHeaders(302, -1);
  }

  private Map<String, Object> exchangeCode(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> given = parameters(form);
    Map<String, String> asked = codes.remove(given.get("code"));
    if (asked == null
        || !challenge(given.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))
        || !asked.get("redirect_uri").equals(given.get("redirect_uri"))) {
      return Map.of("error", "invalid_grant");
    }
    Map<String, Object> claims = claims(groups.toArray(String[]::new));
    claims.put("nonce", asked.get("nonce"));
    return Map.of(
        "id_token", token(claims),
        "access_token", token(claims(groups.toArray(String[]::new))),
        "refresh_token", UUID.randomUUID().toString(),
        "token_type", "Bearer",
        "expires_in", 300);
  }

  private static String challenge(String verifier) {
    try {
      return text(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> parameters(String text) {
    return Arrays.stream(text.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static String text(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return text(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void json(HttpExchange exchange, Object body) throws IOException {
    json(exchange, 200, body);
  }

  private static void json(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.ifPresent(opened -> opened.stop(0));
    server = Optional.empty();
  }
}
