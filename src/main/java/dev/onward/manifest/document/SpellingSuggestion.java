package dev.onward.manifest.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
public final class SpellingSuggestion {
  private static final int LONGEST = 60;

  private SpellingSuggestion() {}

  /** The most similar of the words, if one is similar enough that it must have been meant. */
  public static Optional<String> nearest(String written, Collection<String> words) {
    return words.stream()
        .filter(word -> similar(written, word))
        .min(Comparator.comparingInt(word -> distance(plain(written), plain(word))));
  }

  /** What to add to a list of the words: nothing, or which of them was probably meant. */
  public static String hint(String written, Collection<String> words) {
    return nearest(written, words).map(SpellingSuggestion::didYouMean).orElse("");
  }

  public static String didYouMean(String word) {
    return " (did you mean %s?)".formatted(word);
  }

  private static boolean similar(String written, String word) {
    return written.length() <= LONGEST
        && distance(plain(written), plain(word)) <= tolerance(word)
        && !differInDigitsOnly(written, word);
  }

  private static int tolerance(String word) {
    return word.length() < 4 ? 0 : word.length() < 8 ? 1 : 2;
  }

  /** {@code v1-branch} is not {@code v2-branch} misspelt. */
  private static boolean differInDigitsOnly(String one, String other) {
    return !one.equals(other) && one.replaceAll("\\d", "").equals(other.replaceAll("\\d", ""));
  }

  /** {@code quietPeriod} and {@code quiet-period} are as good as {@code quiet_period}. */
  private static String plain(String word) {
    return word.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }

  /** Letters to add, drop or change, or neighbours to swap (optimal string alignment). */
  private static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
