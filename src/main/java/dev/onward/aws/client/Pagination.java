package dev.onward.aws.client;

import dev.onward.store.CycleDeadline;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * The way from page to page of one listing. It ends: a page that leads back to one that was read
 * before, more pages than there can be, or a cycle that is past its deadline make it a listing that
 * failed.
 */
public final class Pagination {
  private final String call;
  private final int most;
  private final Set<Object> seen = new HashSet<>();

  /**
   * @param most how many pages there can be
   */
  public Pagination(AwsRequest first, int most) {
    this.call = AwsFailures.call(first);
    this.most = most;
  }

  /**
   * Before the page is asked for that a token leads to. Throws {@link AwsCallException}, or {@link
   * dev.onward.store.StoreException} past the deadline.
   */
  public void follow(Object token) {
    CycleDeadline.check();
    if (!seen.add(token)) {
      throw invalid(
          "page %s leads to a page that was read before: the pages never end"
              .formatted(seen.size() + 1));
    }
    if (seen.size() >= most) {
      throw invalid(String.format(Locale.ROOT, "there are more than %,d pages", most));
    }
  }

  private AwsCallException invalid(String problem) {
    var cause = new InvalidResponseException(problem);
    return new AwsCallException(AwsError.INVALID_ANSWER, false, AwsFailures.of(call, cause), cause);
  }
}
