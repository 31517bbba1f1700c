package dev.onward.aws.client;

import dev.onward.store.RequestContext;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * Keeps this process's requests to Parameter Store within its quotas, which all callers of an
 * account in a Region share: one for reads, a far lower one for writes.
 *
 * <p>Each bucket holds a single token, so that requests are evenly spaced. A larger bucket would
 * allow a burst on top of the refill, and exceed a quota of 3 a second within the first second.
 *
 * <p>Requests that a person waits for go before polling, for up to half of the reads.
 */
public final class SsmRateLimiter implements Pace {
  /** Keeps a leader at its limit and two standbys within AWS's default quota. */
  private static final int SHARE_OF_A_STANDBY = 6;

  private final Reads reads;
  private final Reads readsOfStandby;
  private final Bucket writes;
  private volatile boolean standby;

  public SsmRateLimiter(int readsPerSecond, int writesPerSecond) {
    reads = new Reads(readsPerSecond, Math.ceilDiv(readsPerSecond, 2));
    int ofStandby = Math.max(1, readsPerSecond / SHARE_OF_A_STANDBY);
    // A standby polls so little that all of it is available to people's requests.
    readsOfStandby = new Reads(ofStandby, ofStandby);
    writes = evenly(writesPerSecond);
  }

  /** Calls that are already waiting are not affected. */
  public void standBy(boolean now) {
    standby = now;
  }

  @Override
  public void await(AwsRequest request) throws InterruptedException {
    if (request instanceof PutParameterRequest) {
      writes.asBlocking().consume(1);
    } else {
      (standby ? readsOfStandby : reads).await(RequestContext.id().isPresent());
    }
  }

  /**
   * One budget for all. A bucket serves in order of arrival, so only one polling request waits for
   * it at a time: a command waits behind that one, not behind all of them.
   */
  private static final class Reads {
    private final Bucket all;
    private final Bucket ofPeople;
    private final ReentrantLock polling = new ReentrantLock(true);

    Reads(int perSecond, int ofPeoplePerSecond) {
      all = evenly(perSecond);
      ofPeople = evenly(ofPeoplePerSecond);
    }

    void await(boolean forPerson) throws InterruptedException {
      if (forPerson) {
        ofPeople.asBlocking().consume(1);
        all.asBlocking().consume(1);
        return;
      }
      polling.lockInterruptibly();
      try {
        all.asBlocking().consume(1);
      } finally {
        polling.unlock();
      }
    }
  }

  private static Bucket evenly(int perSecond) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(1).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }
}
