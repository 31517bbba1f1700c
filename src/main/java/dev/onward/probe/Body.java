package dev.onward.probe;

/**
 * A response body, decoded as UTF-8.
 *
 * @param tooLong whether it exceeded {@link BoundedBody#LIMIT}; the text is then empty
 */
record Body(String text, boolean tooLong) {}
