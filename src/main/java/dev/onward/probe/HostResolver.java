package dev.onward.probe;

import dev.onward.policy.MetadataAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Resolves the name of what is to be called, once: what was looked at here is what is connected to,
 * whatever the name leads to a moment later.
 */
final class HostResolver {
  private HostResolver() {}

  /** A name leads to where no check may look. */
  static final class RefusedException extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1;

    RefusedException(InetAddress address) {
      super(
          "it leads to %s, which is link-local or an instance's metadata: not called"
              .formatted(address.getHostAddress()));
    }
  }

  /**
   * In a thread of its own, for the resolver of the machine waits as long as it likes, and takes a
   * carrier of virtual threads with it. Fails with {@link UnknownHostException} or {@link
   * RefusedException}.
   */
  static CompletableFuture<List<InetAddress>> of(String host) {
    var found = new CompletableFuture<List<InetAddress>>();
    Thread.ofPlatform()
        .daemon()
        .name("resolve")
        .start(
            () -> {
              try {
                found.complete(allowed(List.of(InetAddress.getAllByName(host))));
              } catch (UnknownHostException | RefusedException | RuntimeException e) {
                found.completeExceptionally(e);
              }
            });
    return found;
  }

  /** One address that is not allowed is enough: nobody knows which of them will be called. */
  private static List<InetAddress> allowed(List<InetAddress> addresses) throws RefusedException {
    for (InetAddress address : addresses) {
      if (MetadataAddress.is(address)) {
        throw new RefusedException(address);
      }
    }
    return addresses;
  }
}
