package dev.onward;

import dev.onward.manifest.reader.DurationParser;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads durations of Onward's settings by the grammar of its manifests and requests. */
public final class DurationSetting implements Converter<Duration> {
  private static final long serialVersionUID = 1L;

  private static final Duration LONGEST = Duration.ofDays(366);

  @Override
  public Duration convert(String text) {
    return DurationParser.parse(text.strip(), LONGEST);
  }
}
