package dev.onward.packaged;

import java.util.random.RandomGenerator;

/** What can become of a request to AWS, and how often, in a thousand. */
enum WireFault {
  /** It is carried out, late. */
  DELAYED(40),
  /** AWS refuses it for there being too many. */
  THROTTLED(25),
  /** Another transaction holds an item of this one. */
  CONFLICT(25),
  /** AWS fails inside, and did nothing. */
  FAILED(20),
  /** AWS fails inside, after having done it. */
  FAILED_AFTER(15),
  /** It never arrives; the connection breaks. */
  REQUEST_LOST(20),
  /** It is carried out, and the connection breaks before the answer. */
  ANSWER_LOST(25),
  /** It is carried out, and the connection breaks in the middle of the answer. */
  ANSWER_TORN(10),
  /** The caller gives up waiting, and then it is carried out. */
  TOO_LATE(2),
  /** It is carried out and answered. */
  NONE(818);

  private static final int THOUSAND = 1000;

  private final int perThousand;

  WireFault(int perThousand) {
    this.perThousand = perThousand;
  }

  static WireFault chosen(RandomGenerator random) {
    int left = random.nextInt(THOUSAND);
    for (WireFault fault : values()) {
      left -= fault.perThousand;
      if (left < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("the faults do not add up to a thousand");
  }
}
