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
  private final Bucket reads;
  private final Bucket writes;

  SsmPace(int readsPerSecond, int writesPerSecond) {
    reads = evenly(readsPerSecond);
    writes = evenly(writesPerSecond);
  }

  @Override
  public void await(AwsRequest request) throws InterruptedException {
    Bucket bucket = request instanceof PutParameterRequest ? writes : reads;
    bucket.asBlocking().consume(1);
  }

  private static Bucket evenly(int perSecond) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(1).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }
}
