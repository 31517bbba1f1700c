package dev.onward.packaged;

import dev.onward.packaged.KillPoint.Moment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The way between Onward and the local AWS, on which requests and their answers meet faults. The
 * nth request for an operation meets what the seed says.
 */
final class FaultProxy implements AutoCloseable {
  private static final int AT_ONCE = 256;
  private static final int LONGEST_DELAY_MILLIS = 800;

  /** Onward waits 8 s for an answer. */
  private static final int TOO_LATE_SECONDS = 9;

  private static final Set<String> NOT_PASSED_ON =
      Set.of("host", "connection", "content-length", "transfer-encoding");

  private final RequestOptions aws;
  private final long seed;
  private final Vertx vertx;
  private final HttpClient http;
  private final HttpServer front;
  private final Map<String, Random> luck = new HashMap<>();
  private final Map<WireFault, AtomicLong> met = new EnumMap<>(WireFault.class);
  private final AtomicReference<Optional<KillPoint>> ambush =
      new AtomicReference<>(Optional.empty());
  private volatile boolean calm;

  /** Starts and listens. */
  FaultProxy(URI aws, long seed) {
    this.aws =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(aws.getHost())
            .setPort(aws.getPort())
            .setURI("/");
    this.seed = seed;
    for (WireFault fault : WireFault.values()) {
      met.put(fault, new AtomicLong());
    }
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(AT_ONCE));
    front = vertx.createHttpServer().requestHandler(this::arrived);
    await(front.listen(0, "127.0.0.1"));
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + front.actualPort());
  }

  /** From now on nothing goes wrong any more. */
  void calm() {
    calm = true;
  }

  /** How many requests met which fault. */
  Map<WireFault, Long> met() {
    var counts = new EnumMap<WireFault, Long>(WireFault.class);
    met.forEach((fault, count) -> counts.put(fault, count.get()));
    return counts;
  }

  /** Takes the place of one that is not over yet. */
  void lay(KillPoint trap) {
    ambush.set(Optional.of(trap));
  }

  /** Says whether it had met nothing yet, and will not. */
  boolean takeBack(KillPoint trap) {
    return ambush.getAndUpdate(it -> it.filter(other -> other != trap)).equals(Optional.of(trap));
  }

  private void arrived(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              AwsCall call = AwsCall.of(request, body.toString());
              Optional<KillPoint> trap = ambush.get().filter(it -> it.meets(call));
              trap.ifPresent(it -> ambush.set(Optional.empty()));
              strike(trap, Moment.BEFORE, call)
                  .onSuccess(there -> go(request, body, call, there, trap));
            });
  }

  private void go(
      HttpServerRequest request,
      Buffer body,
      AwsCall call,
      boolean senderIsThere,
      Optional<KillPoint> trap) {
    if (!senderIsThere) {
      cut(request);
    } else if (trap.isPresent()) {
      // One thing at a time: whoever is struck meets no other fault.
      passOn(request, body)
          .compose(answer -> strike(trap, Moment.AFTER, call).map(answer))
          .onSuccess(answer -> deliver(request, answer))
          .onFailure(e -> cut(request));
    } else {
      meet(choose(call), request, body, call);
    }
  }

  private static Future<Boolean> strike(Optional<KillPoint> trap, Moment moment, AwsCall call) {
    return trap.filter(it -> it.comes(moment))
        .map(it -> Future.fromCompletionStage(it.strike(call)))
        .orElse(Future.succeededFuture(true));
  }

  private WireFault choose(AwsCall call) {
    WireFault fault = calm ? WireFault.NONE : WireFault.chosen(luck(call));
    if (fault == WireFault.CONFLICT && !call.isDecision()) {
      fault = WireFault.NONE;
    }
    met.get(fault).incrementAndGet();
    return fault;
  }

  private Random luck(AwsCall call) {
    return luck.computeIfAbsent(
        call.operation(), operation -> new Random(seed ^ operation.hashCode()));
  }

  private void meet(WireFault fault, HttpServerRequest request, Buffer body, AwsCall call) {
    switch (fault) {
      case NONE -> answer(request, passOn(request, body));
      case DELAYED ->
          answer(
              request,
              vertx
                  .timer(delayMillis(call), TimeUnit.MILLISECONDS)
                  .compose(it -> passOn(request, body)));
      case THROTTLED -> deliver(request, Answer.of(AwsErrors.throttled(call)));
      case CONFLICT -> deliver(request, Answer.of(AwsErrors.conflict(call)));
      case FAILED -> deliver(request, Answer.of(AwsErrors.failed(call)));
      case FAILED_AFTER ->
          answer(request, passOn(request, body).map(Answer.of(AwsErrors.failed(call))));
      case REQUEST_LOST -> cut(request);
      case ANSWER_LOST -> passOn(request, body).onComplete(it -> cut(request));
      case ANSWER_TORN ->
          passOn(request, body)
              .onSuccess(answer -> tear(request, answer))
              .onFailure(e -> cut(request));
      case TOO_LATE ->
          vertx
              .timer(TOO_LATE_SECONDS, TimeUnit.SECONDS)
              .compose(it -> passOn(request, body))
              .onComplete(it -> cut(request));
    }
  }

  private int delayMillis(AwsCall call) {
    return 1 + luck(call).nextInt(LONGEST_DELAY_MILLIS);
  }

  private record Answer(int status, Map<String, String> headers, Buffer body) {
    static Answer of(AwsErrors.Answer error) {
      return new Answer(
          error.status(),
          Map.of("Content-Type", "application/x-amz-json-1.1"),
          Buffer.buffer(error.body()));
    }
  }

  private Future<Answer> passOn(HttpServerRequest request, Buffer body) {
    return http.request(new RequestOptions(aws))
        .compose(
            out -> {
              request.headers().entries().stream()
                  .filter(header -> isPassedOn(header.getKey()))
                  .forEach(header -> out.putHeader(header.getKey(), header.getValue()));
              return out.send(body);
            })
        .compose(
            in ->
                in.body()
                    .map(
                        answered -> {
                          var headers = new HashMap<String, String>();
                          in.headers().forEach(headers::put);
                          headers.keySet().removeIf(name -> !isPassedOn(name));
                          return new Answer(in.statusCode(), headers, answered);
                        }));
  }

  private static boolean isPassedOn(String header) {
    return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
  }

  private static void answer(HttpServerRequest request, Future<Answer> coming) {
    coming.onSuccess(answer -> deliver(request, answer)).onFailure(e -> cut(request));
  }

  private static void deliver(HttpServerRequest request, Answer answer) {
    answer.headers().forEach(request.response()::putHeader);
    request.response().setStatusCode(answer.status()).end(answer.body());
  }

  private static void tear(HttpServerRequest request, Answer answer) {
    int length = answer.body().length();
    answer.headers().forEach(request.response()::putHeader);
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Length", Integer.toString(length))
        .write(answer.body().slice(0, length / 2))
        .onComplete(it -> cut(request));
  }

  private static void cut(HttpServerRequest request) {
    request.connection().close();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
