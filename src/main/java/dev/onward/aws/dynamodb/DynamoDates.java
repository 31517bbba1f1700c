package dev.onward.aws.dynamodb;

import dev.onward.aws.client.DateRange;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts dates as the releases table stores them: UTC, without a zone, to the microsecond.
 *
 * <p>They are sort keys, so the fraction is always written: text order is then time order. The
 * older tool (Python's {@code isoformat}) omits a fraction of zero, and its first documentation
 * mentions Unix time; both can be read.
 */
public final class DynamoDates {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,18})?");

  /** Beyond the year 5000 in seconds: the number must be in milliseconds. */
  private static final BigDecimal MILLISECONDS_FROM = new BigDecimal(100_000_000_000L);

  private static final int DIGITS_OF_NANOS = 9;
  private static final int DIGITS_OF_MILLIS = 3;

  private DynamoDates() {}

  public static String format(Instant instant) {
    return WRITTEN.format(instant);
  }

  /** Empty if the value is not a date in any of the forms, or outside the years 1 to 9999. */
  public static Optional<Instant> parse(AttributeValue value) {
    if (value.n() != null) {
      return parse(value.n());
    }
    return value.s() == null ? Optional.empty() : parse(value.s());
  }

  public static Optional<Instant> parse(String text) {
    String trimmed = text.trim();
    try {
      Instant read = NUMBER.matcher(trimmed).matches() ? unix(trimmed) : iso(trimmed);
      return Optional.of(read).filter(DateRange::contains);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Instant iso(String text) {
    var parsed =
        READ.parseBest(
            text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    return switch (parsed) {
      case OffsetDateTime withZone -> withZone.toInstant();
      case LocalDateTime withTime -> withTime.toInstant(ZoneOffset.UTC);
      default -> LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    };
  }

  private static Instant unix(String text) {
    var number = new BigDecimal(text);
    BigDecimal seconds =
        number.compareTo(MILLISECONDS_FROM) >= 0 ? number.movePointLeft(DIGITS_OF_MILLIS) : number;
    var nanos = seconds.remainder(BigDecimal.ONE).movePointRight(DIGITS_OF_NANOS);
    return Instant.ofEpochSecond(seconds.longValue(), nanos.longValue());
  }
}
