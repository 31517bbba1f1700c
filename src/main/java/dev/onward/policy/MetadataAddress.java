package dev.onward.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Addresses at which a machine hands out its own credentials and secrets: link-local ones, and
 * those of EC2's metadata service. A check must never call them, in whichever form they are
 * written: several kinds of IPv6 addresses stand for an IPv4 address, and lead there.
 */
public final class MetadataAddress {
  /** RFC 6052: the well-known prefix of NAT64. */
  private static final byte[] NAT64 = {
    0x00, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** RFC 8215: 64:ff9b:1::/48, networks' own prefixes of NAT64. */
  private static final byte[] LOCAL_NAT64 = {0x00, 0x64, (byte) 0xff, (byte) 0x9b, 0x00, 0x01};

  /** RFC 3056: 2002::/16, 6to4. */
  private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

  /** RFC 4380: 2001::/32, Teredo. */
  private static final byte[] TEREDO = {0x20, 0x01, 0x00, 0x00};

  /** RFC 4291 and RFC 2765: ::/96 and ::ffff:0:0:0/96, IPv4-compatible and translated. */
  private static final byte[] COMPATIBLE = new byte[12];

  private static final byte[] TRANSLATED = {0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 0, 0};

  /** fd00:ec2::/32: the metadata service and its kin. */
  private static final byte[] EC2 = {(byte) 0xfd, 0x00, 0x0e, (byte) 0xc2};

  private MetadataAddress() {}

  public static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLinkLocalAddress()
        || startsWith(bytes, EC2)
        || embedded(bytes).anyMatch(InetAddress::isLinkLocalAddress);
  }

  private static Stream<InetAddress> embedded(byte[] bytes) {
    if (bytes.length != 16) {
      return Stream.empty();
    }
    if (startsWith(bytes, NAT64)
        || startsWith(bytes, COMPATIBLE)
        || startsWith(bytes, TRANSLATED)) {
      return at(bytes, 12);
    }
    if (startsWith(bytes, SIX_TO_FOUR)) {
      return at(bytes, 2);
    }
    if (startsWith(bytes, TEREDO)) {
      return Stream.concat(at(bytes, 4), at(inverted(bytes), 12));
    }
    // RFC 6052 has four places for the address, one for each length of prefix; byte 8 is left out.
    return startsWith(bytes, LOCAL_NAT64)
        ? Stream.of(
                new byte[] {bytes[6], bytes[7], bytes[9], bytes[10]},
                new byte[] {bytes[7], bytes[9], bytes[10], bytes[11]},
                Arrays.copyOfRange(bytes, 9, 13),
                Arrays.copyOfRange(bytes, 12, 16))
            .map(MetadataAddress::address)
        : Stream.empty();
  }

  private static Stream<InetAddress> at(byte[] bytes, int from) {
    return Optional.of(Arrays.copyOfRange(bytes, from, from + 4)).stream()
        .map(MetadataAddress::address);
  }

  private static byte[] inverted(byte[] bytes) {
    var inverted = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      inverted[i] = (byte) ~bytes[i];
    }
    return inverted;
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length == 16 && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static InetAddress address(byte[] fourBytes) {
    try {
      return InetAddress.getByAddress(fourBytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
