package dev.onward.web.api.command;

import static dev.onward.web.http.StorageProject.PROD;
import static dev.onward.web.http.StorageProject.PROJECT;
import static dev.onward.web.http.StorageProject.STAGE;
import static dev.onward.web.http.StorageProject.current;
import static dev.onward.web.http.StorageProject.get;
import static dev.onward.web.http.StorageProject.list;
import static dev.onward.web.http.StorageProject.metric;
import static dev.onward.web.http.StorageProject.post;
import static dev.onward.web.http.StorageProject.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.onward.testing.LocalAwsResource;
import dev.onward.web.http.ProblemDetail;
import dev.onward.web.http.StorageProject;
import dev.onward.web.http.WritesAllowed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;

/** What people do, from the request to what comes of it. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(WritesAllowed.class)
class CommandsIT {
  private static final String BECAUSE = "{'reason': 'because'}";

  @Inject SsmClient ssm;

  private StorageProject storage;
  private String release;

  @BeforeEach
  void aNewReleaseIsInStage() {
    storage = new StorageProject(ssm);
    storage.clear();
    release = storage.release();
  }

  @Test
  void aHoldStopsPromotionUntilItIsTakenBack() {
    post(STAGE + "/hold?dry_run=true", "{'reason': 'fire', 'until': '2h'}", 200)
        .body("done", is(false))
        .body("dry_run", is(true))
        .body("interventions.holds", hasSize(0));
    get(STAGE).body("hold", nullValue());

    post(STAGE + "/hold", "{'reason': 'fire', 'until': '2h'}", 200)
        .body("done", is(true))
        .body("dry_run", is(false))
        .body("interventions.holds.environment", contains("stage"))
        .body("interventions.holds[0].by.name", equalTo("alice"))
        .body("interventions.holds[0].reason", equalTo("fire"))
        .body("interventions.holds[0].until", notNullValue());
    get(STAGE).body("hold.reason", equalTo("fire"));
    get(PROJECT + "/interventions").body("interventions.holds.environment", contains("stage"));
    get("/interventions")
        .body(
            "projects.find{it.project=='storage'}.interventions.holds[0].by.id", equalTo("alice"));

    storage.publish();
    await()
        .untilAsserted(
            () ->
                get(STAGE)
                    .body("state", is("held"))
                    .body("candidate.verdicts.findAll{!it.passed}.gate", contains("hold")));
    assertThat(current(STAGE)).isEqualTo(release);

    post(STAGE + "/resume?dry_run=true", BECAUSE, 200)
        .body("preview.deployments.environment", contains("stage"))
        .body("preview.deployments[0].by", equalTo("automation"))
        .body("preview.deployments[0].from", equalTo(release))
        .body("preview.deployments[0].changes.service", contains("bags"))
        .body("preview.environments.id", contains("prod", "stage"))
        .body("interventions.holds", hasSize(1));
    assertThat(current(STAGE)).isEqualTo(release);
    post(STAGE + "/resume", BECAUSE, 200).body("interventions.holds", hasSize(0));
    await().until(() -> current(STAGE), is(not(release)));
    post(STAGE + "/resume", BECAUSE, 409).body("detail", equalTo("stage is not held"));
  }

  @Test
  void whoeverHasLookedIsRefusedOnceSomebodyElseHasSpoken() {
    int seen = get(PROJECT + "/interventions").extract().path("interventions.version");
    post(PROD + "/hold", expecting(seen), 200).body("interventions.version", equalTo(seen + 1));
    String deploy =
        "{'release': '%s', 'reason': 'go', 'override': true, 'expected_version': %d}"
            .formatted(release, seen);
    for (String query : new String[] {"", "?dry_run=true"}) {
      post(STAGE + "/hold" + query, expecting(seen), 409)
          .body("detail", containsString("at version %d, not at version".formatted(seen + 1)))
          .body("detail", containsString("read them again"));
      post(PROD + "/deploy" + query, deploy, 409).body("detail", containsString("read them again"));
    }
    int everywhere = get("/interventions").extract().path("everything.version");
    post("/stop", expecting(everywhere + 1), 409);
    post("/stop", expecting(everywhere), 200);
    post("/resume", BECAUSE, 200).body("interventions.version", equalTo(everywhere + 2));
  }

  @Test
  void ofTwoPeopleAtOnceOneLearnsOfTheOther() throws Exception {
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers =
          Stream.of("alice", "bob")
              .map(name -> people.submit(() -> post(name, PROD + "/hold", BECAUSE).statusCode()))
              .toList();
      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .containsExactlyInAnyOrder(200, 409);
    }
    get(PROJECT + "/interventions").body("interventions.holds", hasSize(1));
  }

  @Test
  void aPersonDeploysPastTheModeAndRollsBack() {
    double before = persons("prod");
    String deploy = "{'release': '%s', 'reason': 'tested'}".formatted(release.substring(0, 8));
    post(PROD + "/deploy?dry_run=true", deploy, 200)
        .body("preview.deployments[0].environment", equalTo("prod"))
        .body("preview.deployments[0].by", equalTo("person"))
        .body("preview.deployments[0].to", equalTo(release));
    assertThat(persons("prod")).isEqualTo(before);
    post(PROD + "/deploy", deploy, 200)
        .body("done", is(true))
        .body("deployed", equalTo(release))
        .body("overridden", hasSize(0));
    await().until(() -> current(PROD), is(release));
    get(PROD).body("current.origin", equalTo("person"));
    post(PROD + "/deploy", deploy, 409)
        .body("detail", containsString("is already deployed to prod"));

    String second = storage.release();
    post(PROD + "/deploy", "{'release': '%s', 'reason': 'more'}".formatted(second), 200);
    post(PROD + "/roll-back?dry_run=true", BECAUSE, 200)
        .body("preview.deployments[0].from", equalTo(second))
        .body("preview.deployments[0].to", equalTo(release));
    post(PROD + "/roll-back", BECAUSE, 200).body("deployed", equalTo(release));
    assertThat(persons("prod")).isEqualTo(before + 3);
    get("/releases/" + second)
        .body("deployments.find{it.environment=='prod'}.requested_by.id", equalTo("alice"))
        .body("deployments.find{it.environment=='prod'}.description", equalTo("more"));
  }

  @Test
  void aRollBackStaysUntilSomethingNewComes() {
    String second = storage.release();
    post(STAGE + "/roll-back", "{'reason': 'errors'}", 200).body("deployed", equalTo(release));
    StorageProject.someMoreCycles();
    get(STAGE)
        .body("current.release", equalTo(release))
        .body("state", equalTo("paused"))
        .body("skipped.release.id", hasItem(second))
        .body("converged", is(true));
    assertThat(storage.release()).isNotIn(release, second);
  }

  @Test
  void whatGatesHoldNeedsAnOverride() {
    storage.release();
    post(STAGE + "/hold", "{'reason': 'fire'}", 200);
    String deploy = "{'release': '%s', 'reason': 'go'%s}";
    post(STAGE + "/deploy", deploy.formatted(release, ""), 409)
        .contentType(containsString(ProblemDetail.MEDIA_TYPE))
        .body("held_by.gate", hasItem("hold"))
        .body("held_by.find{it.gate=='hold'}.reason", containsString("fire"))
        .body("hint", containsString("\"override\": true"));
    post(STAGE + "/deploy", deploy.formatted(release, ", 'override': true"), 200)
        .body("overridden.gate", hasItem("hold"));
    get("/releases/" + release)
        .body("deployments.description", hasItem(containsString("go; overriding")));
  }

  @Test
  void anApprovalIsOnePersons() {
    String approve = "{'release': '%s', 'reason': 'tested', 'until': '1d'}".formatted(release);
    post(PROD + "/approve?dry_run=true", approve, 200).body("interventions.approvals", hasSize(0));
    post(PROD + "/approve", approve, 200)
        .body("interventions.approvals.release", contains(release))
        .body("interventions.approvals.environment", contains("prod"));
    post(PROD + "/approve", approve, 409).body("detail", containsString("alice has already"));
    String withdraw = "{'release': '%s', 'reason': 'no'}".formatted(release.substring(0, 8));
    post(PROD + "/withdraw?dry_run=true", withdraw, 200)
        .body("interventions.approvals", hasSize(1));
    post(PROD + "/withdraw", withdraw, 200).body("interventions.approvals", hasSize(0));
    post(PROD + "/withdraw", withdraw, 409).body("detail", containsString("no approval"));
    post(PROD + "/approve", approve, 200);
    assertThat(post("bob", PROD + "/approve", approve.replace('\'', '"')).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aRejectedReleaseGoesNowhereFurtherAndIsShownWhereItIs() {
    String path = PROJECT + "/releases/" + release.substring(0, 8);
    post(path + "/reject?dry_run=true", BECAUSE, 200).body("interventions.rejections", hasSize(0));
    post(path + "/reject", "{'reason': 'corrupts data'}", 200)
        .body("interventions.rejections.release", contains(release));
    await().until(() -> read(STAGE, "rejection.reason"), is("corrupts data"));
    get(STAGE).body("rejected", is(true)).body("rejection.by.name", equalTo("alice"));
    assertThat(metric("onward_environment_rejected", "environment=\"stage\"")).isEqualTo(1);
    post(PROD + "/deploy", "{'release': '%s', 'reason': 'go'}".formatted(release), 409)
        .body("detail", containsString("was rejected by alice"));
    post(path + "/unreject", BECAUSE, 200).body("interventions.rejections", hasSize(0));
    post(path + "/unreject", BECAUSE, 409);
    await().until(() -> read(STAGE, "rejection"), nullValue());
  }

  @Test
  void aFreezeHasAnIdToLiftItBy() {
    String freeze = "{'reason': 'Christmas party', 'until': '2h'}";
    post(STAGE + "/freeze?dry_run=true", freeze, 200)
        .body("freeze", equalTo("stage-christmas-party"))
        .body("interventions.freezes", hasSize(0));
    post(STAGE + "/freeze", freeze, 200)
        .body("interventions.freezes.id", contains("stage-christmas-party"))
        .body("interventions.freezes.environment", contains("stage"));
    post(STAGE + "/freeze", freeze, 409);
    get(STAGE).body("freezes.id", contains("stage-christmas-party"));
    get(PROD).body("freezes", hasSize(0));
    String lift = "{'id': 'stage-christmas-party', 'reason': 'over'}";
    for (String elsewhere : new String[] {PROD, PROJECT}) {
      post(elsewhere + "/unfreeze", lift, 409).body("detail", containsString("is for stage"));
    }
    post(STAGE + "/unfreeze?dry_run=true", lift, 200).body("interventions.freezes", hasSize(1));
    post(STAGE + "/unfreeze", lift, 200).body("interventions.freezes", hasSize(0));

    post(PROJECT + "/freeze", "{'id': 'all', 'from': '1999-01-01T00:00Z', 'reason': 'x'}", 400);
    post(PROJECT + "/freeze", "{'id': 'all', 'reason': 'inventory'}", 200);
    get(PROD).body("freezes.id", contains("all"));
    storage.publish();
    await()
        .until(
            () -> list(STAGE, "candidate.verdicts.findAll{!it.passed}.gate"), hasItem("freezes"));
    post(PROJECT + "/unfreeze", "{'id': 'all', 'reason': 'done'}", 200);
    post(PROJECT + "/unfreeze", "{'id': 'all', 'reason': 'done'}", 409);
  }

  @Test
  void aStoppedProjectCutsNothing() {
    post(PROJECT + "/stop?dry_run=true", BECAUSE, 200).body("interventions.stop", nullValue());
    post(PROJECT + "/stop", "{'reason': 'fire', 'until': '2h'}", 200)
        .body("interventions.stop.by.name", equalTo("alice"));
    storage.publish();
    await().until(() -> read(PROJECT, "labels[0].state"), is("stopped"));
    get(PROJECT).body("stop.reason", equalTo("fire"));
    get(STAGE).body("stop.reason", equalTo("fire"));
    assertThat(metric("onward_project_stopped", "project=\"storage\"")).isEqualTo(1);
    post(PROJECT + "/stop", BECAUSE, 409).body("detail", containsString("already stopped"));
    post(PROJECT + "/resume?dry_run=true", BECAUSE, 200)
        .body("preview.deployments.environment", hasItem("stage"));
    post(PROJECT + "/resume", BECAUSE, 200);
    await().until(() -> current(STAGE), is(not(release)));
  }

  @Test
  void everythingCanBeStoppedAndFrozen() {
    post("/stop?dry_run=true", BECAUSE, 200)
        .body("done", is(false))
        .body("projects.project", contains("storage"))
        .body("projects[0].environments.id", contains("prod", "stage"))
        .body("not_looked_at", contains("broken"))
        .body("interventions.stop", nullValue());
    get("/interventions").body("everything.stop", nullValue());
    post("/stop", "{'reason': 'flood'}", 200).body("interventions.stop.reason", equalTo("flood"));
    get("/interventions").body("everything.stop.by.name", equalTo("alice"));
    get("/daemon").body("everything.stop.reason", equalTo("flood"));
    assertThat(metric("onward_global_stop")).isEqualTo(1);
    post("/stop", BECAUSE, 409).body("detail", containsString("already stopped, by alice"));
    storage.publish();
    await().until(() -> read(PROJECT, "labels[0].state"), is("stopped"));
    get(PROJECT + "/interventions").body("everything.stop.reason", equalTo("flood"));
    post("/resume?dry_run=true", BECAUSE, 200)
        .body("projects[0].deployments.environment", hasItem("stage"));
    post("/resume", BECAUSE, 200).body("interventions.stop", nullValue());
    await().until(() -> current(STAGE), is(not(release)));

    post("/freeze", "{'reason': 'Inventory'}", 200).body("freeze", equalTo("inventory"));
    await().until(() -> list(STAGE, "freezes.id"), hasItem("inventory"));
    post("/unfreeze", "{'id': 'inventory', 'reason': 'over'}", 200)
        .body("interventions.freezes", hasSize(0));
    assertThat(metric("onward_interventions_total", "project=\"*\"", "freeze_lifted", "accepted"))
        .isEqualTo(1);
  }

  @Test
  void aSingleServiceIsReleasedByPuttingAReleaseTogether() {
    String compose =
        "{'from': 'stage', 'services': {'mets': {'image': 'example.com/a/mets:9'}}, 'reason':"
            + " 'try'}";
    String tried =
        post(PROJECT + "/releases?dry_run=true", compose, 200)
            .body("release.images.find{it.service=='mets'}.tag", equalTo("9"))
            .extract()
            .path("release.id");
    assertThat(tried).isNotNull();
    String made =
        post(PROJECT + "/releases", compose, 201)
            .header("Location", containsString("/api/v1/releases/"))
            .body("done", is(true))
            .body("release.requested_by.id", equalTo("alice"))
            .body("release.description", equalTo("try"))
            .extract()
            .path("release.id");
    get("/releases/" + made + "?project=storage").body("images.service", contains("bags", "mets"));
    post(STAGE + "/deploy", "{'release': '%s', 'reason': 'try'}".formatted(made), 200)
        .body("preview.deployments[0].changes.service", contains("mets"));
    await().until(() -> current(STAGE), is(made));
    post(PROJECT + "/releases", "{'from': 'latest', 'reason': 'as it is'}", 201)
        .body("release.images", hasSize(2));
    post(PROJECT + "/releases", "{'from': 'nothing', 'reason': 'x'}", 404)
        .body("detail", containsString("'nothing'"));
  }

  @Test
  void aReleaseIsCutAtOnceForWhoeverCannotWait() {
    post(PROJECT + "/stop", BECAUSE, 200);
    String tag = storage.publish();
    await().until(() -> read(PROJECT, "labels[0].state"), is("stopped"));
    String cut = PROJECT + "/labels/latest/cut";
    post(cut + "?dry_run=true", BECAUSE, 200)
        .body("done", is(false))
        .body("release.images.find{it.service=='bags'}.tag", equalTo(tag));
    String made =
        post(cut, BECAUSE, 201)
            .header("Location", containsString("/api/v1/releases/"))
            .body("release.requested_by.id", equalTo("alice"))
            .body("release.description", containsString("because (From latest: bags"))
            .extract()
            .path("release.id");
    post(cut, BECAUSE, 409).body("detail", containsString("released already"));
    post(PROJECT + "/resume", BECAUSE, 200);
    await().until(() -> current(STAGE), is(made));
    post(PROJECT + "/labels/moon/cut", BECAUSE, 404).body("detail", containsString("only from"));
  }

  @Test
  void whatAPersonPublishesGoesItsWayAsABuildsDoes() {
    String publish = PROJECT + "/labels/latest/publish";
    String tag = "p" + System.nanoTime();
    String image = LocalAwsResource.image("bags", tag);
    String body = "{'images': {'bags': '%s'}, 'reason': 'mend it'}".formatted(image);
    post(publish + "?dry_run=true", body, 200)
        .body("services.outcome", contains("would_write"))
        .body("services[0].before", notNullValue())
        .body("services[0].version", nullValue())
        .body("follows", containsString("a release, then stage"))
        .body("preview.deployments[0].changes.to", contains(image));
    post(publish, body, 200)
        .body("done", is(true))
        .body("services.after", contains(image))
        .body("services.outcome", contains("written"))
        .body("services[0].version", notNullValue());
    post(publish, body, 200).body("services.outcome", contains("unchanged"));
    await().until(() -> read(STAGE, "current.images.find{it.service=='bags'}.tag"), is(tag));
    assertThat(
            ssm.getParameterHistoryPaginator(it -> it.name("/storage/images/latest/bags")).stream()
                .flatMap(page -> page.parameters().stream())
                .filter(version -> version.value().equals(image))
                .map(version -> version.description()))
        .containsExactly("alice through Onward: mend it");

    post(PROJECT + "/labels/stage/publish", body, 409)
        .body("detail", containsString("is an environment"));
    post(PROJECT + "/labels/lastet/publish", body, 409)
        .body("detail", containsString("\"new\": true"));
    post(publish, "{'images': {'bags': 'oops', 'a/b': 'x/y:1'}, 'new': 1}", 400)
        .body("errors.field", contains("images.bags", "images.a/b", "new", "reason"));
    post(publish, "{'images': {}, 'reason': 'x'}", 400).body("errors.field", contains("images"));
  }

  @Test
  void aProjectIsLookedAtAtOnce() {
    post(PROJECT + "/reconcile?dry_run=true", BECAUSE, 200)
        .body("done", is(false))
        .body("cycle.outcome", equalTo("succeeded"));
    post(PROJECT + "/reconcile", BECAUSE, 200)
        .body("done", is(true))
        .body("ended", is(true))
        .body("cycle.outcome", equalTo("succeeded"))
        .body("actions", hasSize(0));
    post("/projects/broken/reconcile", BECAUSE, 200)
        .body("cycle.outcome", equalTo("stalled"))
        .body("problem", containsString("releases-broken"));
  }

  private static String expecting(int version) {
    return "{'reason': 'because', 'expected_version': %d}".formatted(version);
  }

  private static double persons(String environment) {
    return metric(
        "onward_deployments_recorded_total",
        "origin=\"person\"",
        "environment=\"%s\"".formatted(environment));
  }
}
