package dev.onward.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * An HTTP client on whose calls faults can be put: each is met once, by the next call of its
 * operation. It works on the wire, so that the SDK reads errors as it would read AWS's own.
 */
public final class FaultyHttp implements SdkHttpClient {
  private final SdkHttpClient real = UrlConnectionHttpClient.create();
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  /** What becomes of one call. */
  @FunctionalInterface
  public interface Fault {
    HttpExecuteResponse call(ExecutableHttpRequest real) throws IOException;
  }

  /** The request arrives and is carried out; its answer never comes back. */
  public static Fault answerLost() {
    return request -> {
      request.call().responseBody().ifPresent(AbortableInputStream::abort);
      throw new SocketTimeoutException("Read timed out");
    };
  }

  /** The request is lost on its way. */
  public static Fault requestLost() {
    return request -> {
      throw new SocketTimeoutException("Read timed out");
    };
  }

  /** No answer comes for as long as anybody waits. */
  public static Fault never() {
    return request -> {
      try {
        new CountDownLatch(1).await();
        throw new IllegalStateException("an answer came");
      } catch (InterruptedException e) {
        throw new InterruptedIOException(e.getMessage());
      }
    };
  }

  /** AWS answers with an error, and does nothing. */
  public static Fault error(int status, String code, String message) {
    return answer(status, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message));
  }

  public static Fault answer(int status, String json) {
    return request ->
        HttpExecuteResponse.builder()
            .response(
                SdkHttpResponse.builder()
                    .statusCode(status)
                    .putHeader("Content-Type", "application/x-amz-json-1.1")
                    .build())
            .responseBody(
                AbortableInputStream.create(new ByteArrayInputStream(json.getBytes(UTF_8))))
            .build();
  }

  /** The answer carries another Date. */
  public static Fault dated(String date) {
    return request -> {
      var answer = request.call();
      return HttpExecuteResponse.builder()
          .response(answer.httpResponse().toBuilder().putHeader("Date", date).build())
          .responseBody(answer.responseBody().orElse(null))
          .build();
    };
  }

  /** Something happens between the decision and the request's arrival. */
  public static Fault meanwhile(Runnable event) {
    return request -> {
      event.run();
      return request.call();
    };
  }

  public static Fault none() {
    return ExecutableHttpRequest::call;
  }

  public void next(String operation, Fault... each) {
    faults.computeIfAbsent(operation, name -> new ArrayDeque<>()).addAll(Arrays.asList(each));
  }

  /** The operations sent so far, in order. */
  public List<String> sent() {
    return List.copyOf(sent);
  }

  public long sent(String operation) {
    return sent.stream().filter(operation::equals).count();
  }

  /** What was sent with these operations, in order. */
  public List<String> bodies() {
    return List.copyOf(bodies);
  }

  public void forgetSent() {
    sent.clear();
    bodies.clear();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
    String operation = target.substring(target.indexOf('.') + 1);
    ExecutableHttpRequest prepared = real.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        sent.add(operation);
        bodies.add(body(request));
        Deque<Fault> waiting = faults.getOrDefault(operation, new ArrayDeque<>());
        Fault fault = waiting.isEmpty() ? none() : waiting.removeFirst();
        return fault.call(prepared);
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  private static String body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return "";
    }
    try (var stream = request.contentStreamProvider().get().newStream()) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    real.close();
  }
}
