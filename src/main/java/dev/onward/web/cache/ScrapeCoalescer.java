package dev.onward.web.cache;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers together all who ask for the metrics at one time: they are read once, by one thread, and
 * kept once, and nobody gets what was read before they asked.
 */
@ApplicationScoped
class ScrapeCoalescer {
  private static final String PATH = "/q/metrics";

  /** After back-pressure, before Quarkus's own, which reads them for each one. */
  private static final int EARLY = Integer.MIN_VALUE + 1;

  private final CollectorRegistry registry;
  private final Vertx vertx;
  private List<Scrape> waiting = new ArrayList<>();
  private boolean reading;

  ScrapeCoalescer(CollectorRegistry registry, Vertx vertx) {
    this.registry = registry;
    this.vertx = vertx;
  }

  void onStart(@Observes ManagementInterface management) {
    management.router().get(PATH).order(EARLY).handler(this::ask);
  }

  private void ask(RoutingContext request) {
    synchronized (this) {
      waiting.add(new Scrape(request, vertx.getOrCreateContext()));
      if (reading) {
        return;
      }
      reading = true;
    }
    answerWhoWaits();
  }

  private void answerWhoWaits() {
    List<Scrape> asked = new ArrayList<>();
    vertx
        .executeBlocking(
            () -> {
              asked.addAll(takeWaiting());
              return read(asked);
            },
            false)
        .onComplete(
            result -> {
              asked.forEach(
                  scrape ->
                      scrape.context.runOnContext(
                          _ -> {
                            if (result.succeeded()) {
                              scrape.answer(result.result());
                            } else {
                              scrape.request.fail(result.cause());
                            }
                          }));
              if (moreWait()) {
                answerWhoWaits();
              }
            });
  }

  private synchronized List<Scrape> takeWaiting() {
    List<Scrape> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private synchronized boolean moreWait() {
    reading = !waiting.isEmpty();
    return reading;
  }

  /** In the formats that are asked for. */
  private Map<String, Metrics> read(List<Scrape> asked) {
    Map<String, Metrics> read = new HashMap<>();
    asked.forEach(scrape -> read.computeIfAbsent(scrape.format(), this::read));
    return read;
  }

  private Metrics read(String format) {
    var text = new StringWriter();
    try {
      TextFormat.writeFormat(format, text, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var answer = CachedResponse.of(text.toString().getBytes(StandardCharsets.UTF_8));
    return new Metrics(Buffer.buffer(answer.plain()), Buffer.buffer(answer.compressed()));
  }

  private record Metrics(Buffer plain, Buffer compressed) {}

  private record Scrape(RoutingContext request, Context context) {
    String format() {
      String accepted = Optional.ofNullable(header(HttpHeaders.ACCEPT)).orElse("");
      return accepted.contains("text/plain") || accepted.contains("text/html")
          ? TextFormat.CONTENT_TYPE_004
          : TextFormat.CONTENT_TYPE_OPENMETRICS_100;
    }

    void answer(Map<String, Metrics> read) {
      var response = request.response();
      Metrics metrics = read.get(format());
      if (response.closed() || metrics == null) {
        return;
      }
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, format())
          .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
      if (CachedResponse.isTakenCompressed(
          Optional.ofNullable(header(HttpHeaders.ACCEPT_ENCODING)))) {
        response
            .putHeader(HttpHeaders.CONTENT_ENCODING, CachedResponse.GZIP)
            .end(metrics.compressed);
      } else {
        response.end(metrics.plain);
      }
    }

    private String header(CharSequence name) {
      return request.request().getHeader(name);
    }
  }
}
