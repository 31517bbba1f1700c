package dev.onward.aws;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * Keeps this process's requests to Parameter Store under its quotas, which an account shares among
 * all its callers in a Region: one for reads, a far lower one for writes.
 *
 * <p>Each bucket holds a single token, so requests are evenly spaced. A larger one would let a
 * burst go out on top of the refill, and break a quota of 3 a second within the first second.
 */
final class SsmPace implements Pace {
  /** So that a leader at its limit and two standbys stay within AWS's default quota. */
  private static final int SHARE_OF_A_STANDBY = 6;

  private final Bucket reads;
  private final Bucket readsOfStandby;
  private final Bucket writes;
  private volatile boolean standby;

  SsmPace(int readsPerSecond, int writesPerSecond) {
    reads = evenly(readsPerSecond);
    readsOfStandby = evenly(Math.max(1, readsPerSecond / SHARE_OF_A_STANDBY));
    writes = evenly(writesPerSecond);
  }

  /** Calls that wait already go on waiting as they were. */
  void standBy(boolean now) {
    standby = now;
  }

  @Override
  public void await(AwsRequest request) throws InterruptedException {
    bucket(request).asBlocking().consume(1);
  }

  private Bucket bucket(AwsRequest request) {
    if (request instanceof PutParameterRequest) {
      return writes;
    }
    return standby ? readsOfStandby : reads;
  }

  private static Bucket evenly(int perSecond) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(1).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }
}
