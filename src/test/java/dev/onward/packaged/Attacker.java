package dev.onward.packaged;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connections to an Onward on this machine that do what no decent client does. */
final class Attacker implements AutoCloseable {
  private static final int SMALL = 4 << 10;

  private final List<Socket> sockets = new ArrayList<>();

  /** Asks so often at once on each of so many connections, and reads nothing. */
  void askAndNotRead(URI address, int connections, int times) throws IOException {
    byte[] requests = request(address.getPath()).repeat(times).getBytes(ISO_8859_1);
    for (int i = 0; i < connections; i++) {
      Socket socket = connect(address);
      try {
        socket.getOutputStream().write(requests);
      } catch (IOException e) {
        // Refused: one connection too many.
      }
    }
  }

  /**
   * The statuses that so many connections get which all ask at once; 0 where there is no answer.
   */
  List<Integer> askAtOnce(URI address, int connections) throws IOException {
    int first = sockets.size();
    for (int i = 0; i < connections; i++) {
      connect(address);
    }
    byte[] request = request(address.getPath()).getBytes(ISO_8859_1);
    for (Socket socket : sockets.subList(first, sockets.size())) {
      socket.getOutputStream().write(request);
    }
    var statuses = new ArrayList<Integer>();
    for (Socket socket : sockets.subList(first, sockets.size())) {
      statuses.add(head(socket).map(it -> Integer.valueOf(it.substring(9, 12))).orElse(0));
    }
    return statuses;
  }

  /**
   * Begins an HTTP/2 request whose headers never end.
   *
   * @return how many frames were taken before the connection was closed
   */
  int continueForEver(URI address, int frames) throws IOException {
    Socket socket = connect(address);
    socket.setSoTimeout(1);
    var out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
    out.write(frame(4, 0, 0));
    out.write(frame(1, 0, 1));
    byte[] some = frames(100);
    for (int sent = 0; sent < frames; sent += 100) {
      try {
        out.write(some);
        if (sent % 1_000 == 0 && isClosed(socket)) {
          return sent;
        }
      } catch (IOException e) {
        return sent;
      }
    }
    return frames;
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // What it says does not matter here.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static byte[] frames(int number) {
    var all = ByteBuffer.allocate(9 * number);
    for (int i = 0; i < number; i++) {
      all.put(frame(9, 0, 1));
    }
    return all.array();
  }

  /** Without a payload. */
  private static byte[] frame(int type, int flags, int stream) {
    return ByteBuffer.allocate(9)
        .put(new byte[3])
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .array();
  }

  private Socket connect(URI address) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(SMALL);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 5_000);
    sockets.add(socket);
    return socket;
  }

  private static String request(String path) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
  }

  private static Optional<String> head(Socket socket) {
    var head = new StringBuilder();
    try {
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return Optional.empty();
        }
        head.append((char) next);
      }
      return Optional.of(head.toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }
}
