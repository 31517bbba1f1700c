package dev.onward.web.board.view;

import dev.onward.plan.Words;

/**
 * What something asks of people, the most urgent first. A page says it in colour, sign and word.
 */
enum Attention {
  /** Something is wrong and a person must mend it. */
  BROKEN("!", "to be mended"),
  /** Automation waits for a person's word. */
  PERSON("☝", "waiting for a person"),
  /** A person stopped it. */
  STOPPED("‖", "held by a person"),
  /** It has what its source has not: nothing waits, but somebody should know why. */
  APART("≠", "ahead or diverged"),
  /** It goes by itself, later. */
  WAITING("◷", "waiting"),
  /** It goes now. */
  MOVING("→", "on its way"),
  /** All is as it should be. */
  CALM("✓", "in sync"),
  /** Nothing is there, or nobody knows yet. */
  NONE("·", "nothing to say");

  private final String sign;
  private final String words;

  Attention(String sign, String words) {
    this.sign = sign;
    this.words = words;
  }

  /** Beside the colour, for whoever does not see that. */
  public String sign() {
    return sign;
  }

  public String words() {
    return words;
  }

  /** In an address. */
  public String word() {
    return Words.of(this);
  }

  /** The style sheet's class. */
  public String css() {
    return "tone-" + word();
  }

  Attention worse(Attention other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
