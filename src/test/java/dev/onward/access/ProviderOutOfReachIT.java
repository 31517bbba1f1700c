package dev.onward.access;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.onward.testing.Management;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The identity provider cannot be reached when Onward starts, and later it can. */
@QuarkusTest
@TestProfile(Identified.Alone.class)
class ProviderOutOfReachIT {
  TestIdentityProvider provider;

  @Test
  void onwardStartsAndLetsPeopleInAsSoonAsTheyCanBeKnown() {
    given()
        .auth()
        .oauth2(provider.token("lookers"))
        .get("/api/v1/projects")
        .then()
        .statusCode(503)
        .contentType(containsString("application/problem+json"))
        .body("detail", containsString("identity provider"));
    given().redirects().follow(false).get("/who-am-i").then().statusCode(503);
    given().get("/api/v1/projects").then().statusCode(401);
    given().get(Management.url("/q/health/live")).then().statusCode(200);
    given().get(Management.url("/q/metrics")).then().statusCode(200);
    provider.canBeReached();
    await()
        .untilAsserted(
            () ->
                given()
                    .auth()
                    .oauth2(provider.token("lookers"))
                    .get("/api/v1/projects")
                    .then()
                    .statusCode(200));
    given().redirects().follow(false).get("/who-am-i").then().statusCode(302);
  }
}
