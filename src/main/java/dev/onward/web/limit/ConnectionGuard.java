package dev.onward.web.limit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what one HTTP/1 connection keeps in memory: it is not read from while too many of its
 * requests wait to be answered, and it is closed when it takes nothing of an answer for long.
 * Counts the bytes of all answers that no connection has taken yet.
 *
 * <p>Vert.x itself queues pipelined requests without a bound, and writes answers whoever reads
 * them.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
  private static final String NAME = ConnectionGuard.class.getName();

  /** The name under which Vert.x handles requests. */
  private static final String VERTX = "handler";

  /** Of requests that one connection may have sent ahead; browsers send none. */
  private static final int PIPELINED = 16;

  private static final int LONGEST_WRITE_SECONDS = 30;

  private static final AtomicLong UNSENT = new AtomicLong();

  /** The first one came before this did. */
  private int unanswered = 1;

  private boolean paused;

  private ConnectionGuard() {}

  /** For HTTP/2 its own flow control and its bound on streams do the same. */
  static void install(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2
        || !(request.connection() instanceof ConnectionBase connection)) {
      return;
    }
    ChannelPipeline pipeline = connection.channel().pipeline();
    if (pipeline.get(NAME) == null && pipeline.get(VERTX) != null) {
      pipeline.addBefore(VERTX, NAME, new ConnectionGuard());
      pipeline.addFirst(
          new Unsent(), new WriteTimeoutHandler(LONGEST_WRITE_SECONDS, TimeUnit.SECONDS));
    }
  }

  /** Of all answers that are written and that no connection has taken. */
  static long unsentBytes() {
    return UNSENT.get();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      unanswered++;
      readUnlessTooMany(context.channel());
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    super.write(context, message, promise);
    if (message instanceof LastHttpContent && !isInformational(message)) {
      unanswered--;
      readUnlessTooMany(context.channel());
    }
  }

  private static boolean isInformational(Object message) {
    return message instanceof HttpResponse response && response.status().code() < 200;
  }

  private void readUnlessTooMany(Channel channel) {
    boolean tooMany = unanswered > PIPELINED;
    if (tooMany != paused) {
      paused = tooMany;
      channel.config().setAutoRead(!tooMany);
    }
  }

  /** Counts what is written until it is sent, or the connection is gone. */
  private static final class Unsent extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof ByteBuf bytes && bytes.isReadable()) {
        int size = bytes.readableBytes();
        UNSENT.addAndGet(size);
        super.write(context, message, promise.unvoid().addListener(_ -> UNSENT.addAndGet(-size)));
      } else {
        super.write(context, message, promise);
      }
    }
  }
}
