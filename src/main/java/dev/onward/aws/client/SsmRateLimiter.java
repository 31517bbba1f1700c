package dev.onward.aws.client;

import dev.onward.store.RequestContext;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * Keeps this process's requests to Parameter Store under its quotas, which an account shares among
 * all its callers in a Region: one for reads, a far lower one for writes.
 *
 * <p>Each bucket holds a single token, so requests are evenly spaced. A larger one would let a
 * burst go out on top of the refill, and break a quota of 3 a second within the first second.
 *
 * <p>What a person waits for goes before polling, for up to half of the reads.
 */
public final class SsmRateLimiter implements Pace {
  /** So that a leader at its limit and two standbys stay within AWS's default quota. */
  private static final int SHARE_OF_A_STANDBY = 6;

  private final Reads reads;
  private final Reads readsOfStandby;
  private final Bucket writes;
  private volatile boolean standby;

  public SsmRateLimiter(int readsPerSecond, int writesPerSecond) {
    reads = new Reads(readsPerSecond, Math.ceilDiv(readsPerSecond, 2));
    int ofStandby = Math.max(1, readsPerSecond / SHARE_OF_A_STANDBY);
    // A standby polls so little that people may have all of it.
    readsOfStandby = new Reads(ofStandby, ofStandby);
    writes = evenly(writesPerSecond);
  }

  /** Calls that wait already go on waiting as they were. */
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
   * One budget for all. A bucket serves in the order of asking, so of all that polls only one asks
   * at a time: whoever acts waits behind that one, not behind them all.
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
