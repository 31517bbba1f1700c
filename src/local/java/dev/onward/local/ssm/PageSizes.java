package dev.onward.local.ssm;

import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * How many entries a page gets, of the most that it may have. AWS promises no more than that pages
 * end: a page "may hold fewer than the maximum, even none, and still carry NextToken".
 */
final class PageSizes {

  private PageSizes() {}

  static IntUnaryOperator full() {
    return max -> max;
  }

  /** Any number from none to the maximum, from a seed so that a failure can be had again. */
  static IntUnaryOperator uneven(long seed) {
    Random random = new Random(seed);
    return max -> random.nextInt(max + 1);
  }
}
