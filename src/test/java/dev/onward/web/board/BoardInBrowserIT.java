package dev.onward.web.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.testing.LocalAwsResource;
import dev.onward.web.http.StorageProject;
import dev.onward.web.http.WritesAllowed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The board as people use it, in a real browser. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(WritesAllowed.class)
class BoardInBrowserIT {
  private static final String STAGE = "/api/v1/projects/storage/environments/stage";

  @Inject SsmClient ssm;

  @TestHTTPResource("/")
  URI root;

  private Browser browser;

  @BeforeEach
  void aReleaseIsInStage() {
    var storage = new StorageProject(ssm);
    storage.clear();
    storage.release();
    browser = Browser.open(root.toString().replaceFirst("/$", ""), true);
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void theEstateTellsWhatIsWhereAndLeadsToTheProject() {
    browser.go("/");
    browser.awaitText("#project-storage", "in sync with latest");
    assertThat(browser.find("#project-storage").getText())
        .contains("Storage service", "waits for a person to deploy", "behind");
    browser.find("#project-storage th a").click();
    browser.awaitPath("/projects/storage");
    assertThat(browser.find("svg.wide").getText()).contains("latest", "Staging", "Production");
    assertThat(browser.all("#env-prod .gates .no")).isNotEmpty();
    assertThat(browser.find("table.matrix").getText()).contains("bags", "mets");
  }

  @Test
  void somethingIsDoneOnlyAfterItsPreviewWasLookedAt() {
    browser.go("/projects/storage#env-prod");
    browser.click("Deploy it…");
    browser.fill("reason", "customers wait for it");
    browser.click("Preview");
    browser.awaitText("#would", "by you");
    browser.click("Deploy");
    browser.awaitPath("/projects/storage");
    browser.awaitText("#env-prod", "in sync with stage");
    browser.go("/projects/storage/audit");
    browser.awaitText("table.audit", "customers wait for it");
    assertThat(browser.find("table.audit").getText()).contains("operator", "deployment recorded");
  }

  @Test
  void whatWasChangedAfterThePreviewIsPreviewedAgain() {
    browser.go("/projects/storage/act/hold?environment=stage");
    browser.fill("reason", "one");
    browser.click("Preview");
    browser.find("#would");
    browser.fill("reason", "another");
    browser.click("Hold");
    browser.find("#would");
    assertThat(browser.path()).isEqualTo("/projects/storage/act/hold");
    assertThat(RestAssured.get(STAGE).<Object>path("hold")).isNull();
  }

  @Test
  void aPageThatIsOpenTellsWhatHappens() {
    browser.go("/projects/storage");
    browser.find(".live.on");
    String tag = "live" + System.nanoTime();
    publish("bags", tag);
    browser.awaitText("table.matrix", tag);
    browser.awaitText("#env-stage", tag);
    browser.go("/");
    browser.find(".live.on");
    String shown = browser.find("#project-storage .tag").getText();
    publish("bags", "live" + System.nanoTime());
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> !browser.find("#project-storage .tag").getText().equals(shown));
  }

  /** Over HTTP/1.1 a browser has six connections to a server; the seventh page never came. */
  @Test
  void twentyTabsLoadAndEachTellsWhatHappenedWhenItIsLookedAt() {
    browser.go("/projects/storage");
    browser.find(".live.on");
    String first = browser.tab();
    for (int i = 1; i < 20; i++) {
      browser.newTab(i % 2 == 0 ? "/" : "/projects/storage");
      browser.find(".live.on");
    }
    String tag = "tabs" + System.nanoTime();
    publish("bags", tag);
    browser.lookAt(first);
    browser.awaitText("table.matrix", tag);
    browser.awaitText("#env-stage", tag);
  }

  @Test
  void everythingCanBeDoneByKeyboard() {
    browser.go("/projects/storage/act/hold?environment=prod");
    browser.find("body").sendKeys(Keys.TAB);
    assertThat(browser.focused().getText()).isEqualTo("Skip to the content");
    browser.find("#reason").sendKeys("by keyboard", Keys.ENTER);
    browser.awaitText("#would", "prod");
    assertThat(browser.focused().getText()).isEqualTo("What would happen");
    browser.focused().sendKeys(Keys.TAB);
    browser.find("button[value=do]").sendKeys(Keys.ENTER);
    browser.awaitPath("/projects/storage#env-prod");
    browser.awaitText("#env-prod", "by keyboard");
    browser.go("/projects/storage/act/resume?environment=prod");
    browser.find("#reason").sendKeys("done", Keys.ENTER);
    browser.find("button[value=do]").sendKeys(Keys.ENTER);
    browser.awaitPath("/projects/storage#env-prod");
  }

  @Test
  void aScriptInAReasonDoesNothing() {
    String script =
        "<script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">";
    browser.go("/projects/storage/act/hold?environment=prod");
    browser.fill("reason", script);
    browser.click("Preview");
    browser.find("#would");
    browser.click("Hold");
    browser.awaitPath("/projects/storage#env-prod");
    browser.awaitText("#env-prod", script);
    assertThat(browser.run("return document.title")).isEqualTo("Storage service · Onward");
    browser.go("/");
    browser.find("#project-storage");
    assertThat(browser.run("return document.title")).isEqualTo("Estate · Onward");
    assertThat(
            browser.run(
                "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
                    + " document.body.append(s); return window.ran === 1"))
        .as("the content security policy lets no inline script run")
        .isEqualTo(false);
    browser.go("/projects/storage/act/resume?environment=prod");
    browser.fill("reason", "done");
    browser.click("Preview");
    browser.click("Resume");
    browser.awaitPath("/projects/storage#env-prod");
  }

  @Test
  void withoutScriptsEverythingIsThere() {
    browser.close();
    browser = Browser.open(root.toString().replaceFirst("/$", ""), false);
    browser.go("/?q=storage");
    assertThat(browser.find("#project-storage").getText()).contains("Storage service");
    browser.go("/projects/storage/act/freeze");
    browser.fill("reason", "inventory");
    browser.click("Preview");
    browser.click("Freeze");
    browser.awaitText("#env-stage", "inventory");
    browser.go(browser.find("#env-stage a[href*=unfreeze]").getDomAttribute("href"));
    browser.fill("reason", "done");
    browser.click("Preview");
    browser.click("Lift the freeze");
    browser.awaitPath("/projects/storage");
  }

  @Test
  void noPageScrollsSidewaysOnAPhoneOrComplains() {
    for (String path :
        new String[] {
          "/",
          "/projects/storage",
          "/projects/storage/history",
          "/projects/storage/audit",
          "/projects/storage/act/deploy?environment=prod",
          "/audit"
        }) {
      browser.resize(390, 844);
      browser.go(path);
      browser.find("main");
      assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
          .as(path)
          .isEqualTo(true);
      assertThat(browser.complaints()).as(path).isEmpty();
    }
  }

  private void publish(String service, String tag) {
    ssm.putParameter(
        put ->
            put.name("/storage/images/latest/" + service)
                .value(LocalAwsResource.image(service, tag))
                .type(ParameterType.STRING)
                .overwrite(true));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                tag.equals(
                    RestAssured.get(STAGE)
                        .path("current.images.find{it.service=='%s'}.tag".formatted(service))));
  }
}
