package dev.onward.probe;

/**
 * An answer's body, as UTF-8.
 *
 * @param tooLong whether there was more than {@link BoundedBody#LIMIT}; the text is empty then
 */
record Body(String text, boolean tooLong) {}
