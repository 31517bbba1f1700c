package dev.onward.packaged;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Requester;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.packaged.LoadGenerator.Act;
import dev.onward.packaged.LoadGenerator.Heard;
import dev.onward.packaged.RunLedger.Deployed;
import dev.onward.packaged.RunLedger.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must be true of a project's books in the end, whatever happened on the way. */
record FinalStateCheck(RunLedger books, LoadGenerator crowd, LoadGenerator.Project project) {
  static final List<String> ENVIRONMENTS = List.of("stage", "prod");

  void everythingIsInOrder() {
    oneReleaseACut();
    for (String environment : ENVIRONMENTS) {
      oneDeploymentAPromotion(environment);
      automationNeverGoesBack(environment);
    }
    nothingGoesToProductionUnapproved();
    everyActIsOnRecordOnce();
    theLastImagesAreEverywhere();
  }

  /** The label's releases are one chain, from the first to its head, and each is audited once. */
  private void oneReleaseACut() {
    List<Release> chain = chain();
    assertThat(books.releases().values())
        .as("every release is in the label's chain")
        .containsExactlyInAnyOrderElementsOf(chain);
    assertThat(books.label().version()).isEqualTo(chain.size());
    assertThat(books.events("release_cut", "latest"))
        .extracting(event -> event.after().orElseThrow())
        .as("each is audited once, in order")
        .containsExactlyElementsOf(chain.stream().map(it -> it.id().value()).toList());
    for (int i = 0; i < chain.size(); i++) {
      Release release = chain.get(i);
      assertThat(crowd.everPublished(project))
          .as("the images of %s stood together", release.id())
          .contains(RunLedger.images(release));
      if (i > 0) {
        assertThat(release.images()).isNotEqualTo(chain.get(i - 1).images());
        assertThat(release.createdAt()).isAfter(chain.get(i - 1).createdAt());
      }
    }
  }

  private List<Release> chain() {
    var chain = new ArrayList<Release>();
    Optional<ReleaseId> next = Optional.of(books.label().release());
    while (next.isPresent()) {
      Release release = books.releases().get(next.get());
      assertThat(release).as("release %s", next.get()).isNotNull();
      chain.add(release);
      next = release.manifest().previous();
    }
    Collections.reverse(chain);
    return chain;
  }

  /** Releases, head and audit trail tell the same of an environment. */
  private void oneDeploymentAPromotion(String environment) {
    EnvironmentHead head = books.head(environment);
    List<Deployed> deployed = books.deployed(environment);
    List<Event> events = books.events("deployment_recorded", environment);
    assertThat(deployed)
        .as("deployments to %s", environment)
        .extracting(it -> it.deployment().id().orElseThrow())
        .doesNotHaveDuplicates();
    // More, if it was reopened.
    assertThat(head.version())
        .as("the moves of %s's head", environment)
        .isGreaterThanOrEqualTo(1 + deployed.size());
    assertThat(events)
        .as("each deployment to %s is audited once", environment)
        .extracting(event -> event.after().orElseThrow() + " by " + event.who())
        .containsExactlyInAnyOrderElementsOf(
            deployed.stream()
                .map(it -> it.release().id() + " by " + it.deployment().requestedBy().id())
                .toList());
    Optional<String> before = Optional.empty();
    for (Event event : events) {
      assertThat(event.before()).as("what was there before %s", event).isEqualTo(before);
      before = event.after();
    }
    assertThat(before)
        .as("the last one is in force in %s", environment)
        .isEqualTo(head.current().map(it -> it.release().value()));
    assertThat(head.converged()).as("%s is converged", environment).isTrue();
  }

  /** It goes only forward along the chain, so it deploys nothing twice. */
  private void automationNeverGoesBack(String environment) {
    List<ReleaseId> chain = chain().stream().map(Release::id).toList();
    List<Integer> places =
        books.events("deployment_recorded", environment).stream()
            .filter(event -> event.who().equals(Requester.ONWARD.id()))
            .map(event -> chain.indexOf(new ReleaseId(event.after().orElseThrow())))
            .toList();
    for (int i = 1; i < places.size(); i++) {
      assertThat(places.get(i))
          .as("automation's deployments to %s: %s", environment, places)
          .isGreaterThan(places.get(i - 1));
    }
  }

  private void nothingGoesToProductionUnapproved() {
    for (Event event : books.events("deployment_recorded", "prod")) {
      if (event.who().equals(Requester.ONWARD.id())) {
        assertThat(books.events("release_approved", event.after().orElseThrow() + " for prod"))
            .as("approvals before %s", event)
            .anyMatch(approval -> approval.at().compareTo(event.at()) < 0);
      }
    }
  }

  /** What is acknowledged is done, what is refused is not, and nothing is done twice. */
  private void everyActIsOnRecordOnce() {
    Map<String, Long> deeds =
        books.audit().stream()
            .filter(Event::isOfADeed)
            .filter(event -> !event.who().equals(Requester.ONWARD.id()))
            .collect(groupingBy(Event::who, counting()));
    List<Act> acts = crowd.acts().stream().filter(act -> act.project().equals(project)).toList();
    for (Act act : acts) {
      long onRecord = deeds.getOrDefault(act.key(), 0L);
      // Automation may have cut the same a moment before: that is the release then.
      boolean mayBeAnothers = act.path().endsWith("/cut");
      assertThat(onRecord)
          .as("what is on record of %s", act)
          .isBetween(
              act.heard() == Heard.DONE && !mayBeAnothers ? 1L : 0L,
              act.heard() == Heard.REFUSED ? 0L : 1L);
    }
    assertThat(acts).extracting(Act::key).as("nobody else acted").containsAll(deeds.keySet());
  }

  private void theLastImagesAreEverywhere() {
    assertThat(RunLedger.images(books.releases().get(books.label().release())))
        .isEqualTo(crowd.published(project));
    for (String environment : ENVIRONMENTS) {
      EnvironmentHead head = books.head(environment);
      Release release = books.releases().get(head.current().orElseThrow().release());
      assertThat(release.id()).as(environment).isEqualTo(books.label().release());
      assertThat(books.images(environment)).as(environment).isEqualTo(RunLedger.images(release));
    }
  }
}
