package dev.onward.access.http;

import dev.onward.access.AccessDeniedException;
import dev.onward.model.PrintableText;
import dev.onward.model.Requester;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who somebody is, by what the identity provider says of them. */
final class Claims {
  private static final List<String> NAMES = List.of("name", "preferred_username", "email");
  private static final int LONGEST_ID = 255;
  private static final int LONGEST_NAME = 100;

  private Claims() {}

  /**
   * The requester whom these claims describe. Throws {@link AccessDeniedException} if they describe
   * nobody, or automation: what Onward does by itself is recorded under an id of its own.
   *
   * @param claims the value of each claim, empty if there is none
   * @param idClaim the claim that holds the id
   */
  static Requester requester(Function<String, Optional<String>> claims, String idClaim) {
    String id =
        claims
            .apply(idClaim)
            .filter(Claims::isId)
            .orElseThrow(
                () ->
                    AccessDeniedException.unauthenticated(
                        "the identity provider says nothing usable of who you are: found no id of 1"
                            + " to %s visible characters in the claim '%s'"
                                .formatted(LONGEST_ID, idClaim)));
    if (isReserved(id)) {
      throw AccessDeniedException.forbidden(
          "nobody may be '%s': that is Onward itself".formatted(id));
    }
    String name =
        NAMES.stream()
            .flatMap(claim -> claims.apply(claim).stream())
            .map(Claims::line)
            .filter(text -> !PrintableText.isBlank(text) && !isReserved(text))
            .findFirst()
            .orElse(id);
    return new Requester(id, name);
  }

  private static boolean isId(String text) {
    return !PrintableText.isBlank(text)
        && text.length() <= LONGEST_ID
        && text.codePoints().noneMatch(PrintableText::isInvisible);
  }

  /** In whichever width or case it is written. */
  static boolean isReserved(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    return Stream.of(Requester.ONWARD, Requester.UNKNOWN)
        .anyMatch(it -> it.id().equalsIgnoreCase(plain));
  }

  /** Names stand in lines of the log and in tables. */
  private static String line(String text) {
    String visible =
        text.codePoints()
            .map(character -> PrintableText.isInvisible(character) ? ' ' : character)
            .limit(LONGEST_NAME)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return visible.strip();
  }
}
