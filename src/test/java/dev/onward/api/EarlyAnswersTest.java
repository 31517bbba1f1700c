package dev.onward.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyAnswersTest {
  @Test
  void peopleAreToldInAPageWhatIsWrong() {
    assertThat(EarlyAnswers.page("Bad Request", "the request cannot be read"))
        .startsWith("<!doctype html>")
        .contains("<title>Bad Request</title>")
        .contains("the request cannot be read");
  }
}
