package dev.onward.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What can go wrong. */
enum Fault {
  /** AWS refuses for there being too many requests. */
  THROTTLED,
  /** AWS fails inside, and did nothing. */
  SERVER_ERROR,
  /** AWS fails inside, after having done it. */
  SERVER_ERROR_AFTER,
  /** The request never arrives. */
  REQUEST_LOST,
  /** It is carried out, and the answer never arrives. */
  ANSWER_LOST,
  /** The caller gives up, and the request arrives after that. */
  LATE,
  /** Another transaction holds an item of this one. */
  CONFLICT,
  /** An earlier attempt is still under way. */
  IN_PROGRESS,
  /** Somebody else writes the same parameter. */
  TOO_MANY_UPDATES,
  /** A listing's token is not taken any more. */
  PAGE_LOST,
  /** The process dies. */
  CRASH,
  /** The process stands still for a minute. */
  PAUSE,
  /** The process cannot reach AWS for a while. */
  PARTITION,
  /** Pages are short or empty. */
  SHORT_PAGES,
  /** Parameter Store shows what was there a moment ago. */
  STALE_READS,
  /** Indexes lag for many seconds. */
  INDEX_LAG,
  /** A process's clock is off. */
  SKEW,
  /** A process's clock jumps. */
  JUMP,
  /** The old tool works beside Onward, on the same table. */
  OLD_TOOL,
  /** People edit parameters by hand. */
  EDITS,
  /** An answer lacks what AWS never leaves out. */
  ODD_ANSWER,
  /** A listing has a name twice, the second time as it was before. */
  LISTED_TWICE,
  /** People make a parameter of an environment one that is no String, and take it back. */
  WRONG_TYPE,
  /** An answer of Parameter Store is dated 2099, 1970, or more than an hour early or late. */
  FALSE_DATE,
  /** The item with what operators have said, of everything or of the project, is deleted. */
  WORDS_LOST;

  /** Those that came later have luck of their own: the worlds without them stay as they were. */
  static final Set<Fault> LATER =
      EnumSet.of(ODD_ANSWER, LISTED_TWICE, WRONG_TYPE, FALSE_DATE, WORDS_LOST);
}
