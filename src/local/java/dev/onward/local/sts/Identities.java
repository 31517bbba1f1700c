package dev.onward.local.sts;

import dev.onward.local.http.AwsException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whom access keys stand for. A temporary one that was issued here stands for its assumed role
 * until it expires; any other is the access key of a user of that name, and always welcome.
 */
public final class Identities {

  /** The one account in which everything lives, whoever asks. */
  public static final String ACCOUNT = "123456789012";

  /** Far more than are in use at once; the oldest are forgotten, and then count as users. */
  private static final int MAX_REMEMBERED = 10_000;

  private record Issued(Identity identity, Instant expiry) {}

  private final InstantSource clock;
  private final Map<String, Issued> issued = new LinkedHashMap<>();

  public Identities(InstantSource clock) {
    this.clock = clock;
  }

  public static String userArn(String user) {
    return "arn:aws:iam::%s:user/%s".formatted(ACCOUNT, user);
  }

  /**
   * Whom this access key stands for.
   *
   * @throws AwsException ExpiredTokenException, when it was issued here and has expired
   */
  public Identity of(String accessKeyId) {
    Issued known;
    synchronized (issued) {
      known = issued.get(accessKeyId);
    }
    if (known == null) {
      return new Identity(userArn(accessKeyId), accessKeyId, ACCOUNT);
    }
    if (!clock.instant().isBefore(known.expiry())) {
      throw AwsException.badRequest(
          "ExpiredTokenException", "The security token included in the request is expired");
    }
    return known.identity();
  }

  void issue(String accessKeyId, Identity identity, Instant expiry) {
    synchronized (issued) {
      issued.put(accessKeyId, new Issued(identity, expiry));
      if (issued.size() > MAX_REMEMBERED) {
        Iterator<String> oldest = issued.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
  }
}
