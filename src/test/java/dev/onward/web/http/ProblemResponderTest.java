package dev.onward.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemResponderTest {
  @Test
  void peopleAreToldInAPageWhatIsWrong() {
    assertThat(ProblemResponder.page("Bad Request", "the request cannot be read"))
        .startsWith("<!doctype html>")
        .contains("<title>Bad Request</title>")
        .contains("the request cannot be read");
  }
}
