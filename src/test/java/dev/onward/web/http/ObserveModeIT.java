package dev.onward.web.http;

import static dev.onward.web.http.StorageProject.PROJECT;
import static dev.onward.web.http.StorageProject.post;
import static dev.onward.web.http.StorageProject.read;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.onward.testing.LocalAwsResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Where Onward only observes, so do people. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(WritesAllowed.Observing.class)
class ObserveModeIT {
  @Test
  void onlyPreviewsAreAnswered() {
    await().until(() -> read(PROJECT, "cycles.observed_at"), notNullValue());
    String body = "{'reason': 'because'}";
    post(PROJECT + "/stop?dry_run=true", body, 200).body("done", is(false));
    for (String path : new String[] {"/stop", PROJECT + "/stop", PROJECT + "/releases"}) {
      post(path, body, 409).body("detail", containsString("onward.mode"));
    }
  }
}
