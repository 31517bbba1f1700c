package dev.onward.probe;

import dev.onward.policy.MetadataAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Resolves a host name once, so that the address that was checked is the one connected to, even if
 * the name's records change in between.
 */
final class HostResolver {
  private HostResolver() {}

  /** Thrown when a name resolves to an address that probes must not call. */
  static final class RefusedException extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1;

    RefusedException(InetAddress address) {
      super(
          "it resolves to %s, which is a link-local or instance metadata address: not called"
              .formatted(address.getHostAddress()));
    }
  }

  /**
   * Runs on a thread of its own, since the system resolver can block for an unlimited time and
   * would pin a carrier thread. Fails with {@link UnknownHostException} or {@link
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

  /** One forbidden address is enough: any of them might be called. */
  private static List<InetAddress> allowed(List<InetAddress> addresses) throws RefusedException {
    for (InetAddress address : addresses) {
      if (MetadataAddress.is(address)) {
        throw new RefusedException(address);
      }
    }
    return addresses;
  }
}
