package dev.onward.aws.client;

import dev.onward.store.CycleDeadline;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * Guards the pagination of one listing, so that it ends: the listing fails if a page repeats an
 * earlier token, if there are more pages than possible, or past the cycle's deadline.
 */
public final class Pagination {
  private final String call;
  private final int most;
  private final Set<Object> seen = new HashSet<>();

  /**
   * @param most the maximum number of pages
   */
  public Pagination(AwsRequest first, int most) {
    this.call = AwsFailures.call(first);
    this.most = most;
  }

  /**
   * Checks the token of the next page before that page is requested. Throws {@link
   * AwsCallException}, or {@link dev.onward.store.StoreException} past the deadline.
   */
  public void follow(Object token) {
    CycleDeadline.check();
    if (!seen.add(token)) {
      throw invalid(
          "page %s repeats the token of an earlier page: the listing would never end"
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
