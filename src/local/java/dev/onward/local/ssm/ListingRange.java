package dev.onward.local.ssm;

/**
 * The stretch of sorted keys that a listing looks at.
 *
 * @param prefix what keys in it start with
 * @param recursive whether keys count that have a further slash after the prefix
 */
record ListingRange(String prefix, boolean recursive) {

  static final ListingRange EVERYTHING = new ListingRange("/", true);

  boolean contains(String key) {
    return key.startsWith(prefix) && (recursive || key.indexOf('/', prefix.length()) < 0);
  }
}
