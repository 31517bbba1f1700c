package dev.onward.manifest;

import static dev.onward.manifest.reader.ManifestTexts.messages;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of error of a project, with its exact place and words. */
class ManifestErrorsTest {
  private static final String SEGMENT = "1 to 200 letters, digits, '_', '.' or '-', not only dots";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          p: 7                                               | p: found the number 7; allowed: a project: a map with name, environments, release and role_arn
          p:                                                 | p: found nothing; allowed: a project: a map with name, environments, release and role_arn
          aws-p: {environments: []}                          | aws-p: found the project id 'aws-p'; allowed: a name that does not begin with 'aws' or 'ssm', in any case
          p: {environments: {id: e}}                         | p.environments: found a map; allowed: a list of environments
          p: {environments: }                                | p.environments: found nothing; allowed: a list of environments
          p: {environments: [e]}                             | p.environments[0]: found 'e'; allowed: a map with id, name and promotion
          p: {environments: [{id: [e]}]}                     | p.environments[0].id: found a list; allowed: an environment id
          p: {environments: [{id: ~}]}                       | p.environments[0].id: found nothing; allowed: an environment id
          p: {environments: [{id: e}, {id: e}]}              | p.environments[1].id: found 'e' a second time; allowed: each environment once
          p: {environments: [{id: latest}]}                  | p.environments[0].id: found 'latest', which is the label that releases are cut from; allowed: an id that is no label: both have their parameters in the same place
          p: {environments: [{id: e, name: ' '}]}            | p.environments[0].name: found ' '; allowed: a name of 1 to 200 characters on one line
          p: {environments: [{id: e, promotion: stage}]}     | p.environments[0].promotion: found 'stage'; allowed: a map with from, mode and gates
          p: {environments: [{id: e, promotion: }]}          | p.environments[0].promotion: found nothing; allowed: a map with from, mode and gates
          p: {environments: [{id: e, promotion: {}}]}        | p.environments[0].promotion.from: found nothing; allowed: a label or an environment of this project
          p: {environments: [{id: e, promotion: {from: e}}]} | p.environments[0].promotion.from: found a circle: e from e; allowed: sources that lead to a label
          p: {environments: [{id: e, promotion: {from: x, mode: }}]}   | p.environments[0].promotion.mode: found nothing; allowed: auto or manual
          p: {environments: [{id: e, promotion: {from: x, mode: on}}]} | p.environments[0].promotion.mode: found on, which is read as a boolean; allowed: auto or manual, in quotes
          p: {environments: [{id: e, promotion: {from: x, gates: [soak]}}]}     | p.environments[0].promotion.gates: found a list; allowed: a map of gates, by name
          p: {environments: [{id: e, promotion: {from: x, gates: }}]}           | p.environments[0].promotion.gates: found nothing; allowed: a map of gates, by name
          p: {environments: [{id: e, promotion: {from: x, gates: {mode: auto}}}]} | p.environments[0].promotion.gates.mode: found the gate 'mode'; allowed: 1 to 40 letters, digits, '_' or '-', other than mode, stop, hold, source_converged
          p: {environments: [], release: 30s}                | p.release: found '30s'; allowed: a map with from_label, quiet_period and so on
          p: {environments: [], release: {quiet_period: 5}}  | p.release.quiet_period: found the number 5; allowed: a duration with its unit: 5s, 5m, 5h or 5d
          p: {environments: [], release: {max_wait: soon}}   | p.release.max_wait: found 'soon'; allowed: a duration such as 30s, 10m, 1h30m, 1d or PT10M
          p: {environments: [], release: {max_wait: 20s}}    | p.release.max_wait: found '20s'; allowed: at least the quiet_period, which is PT30S
          p: {environments: [], release: {services: bags}}   | p.release.services: found 'bags'; allowed: a list of service ids
          p: {environments: [], release: {services: [{}]}}   | p.release.services[0]: found a map; allowed: a service id
          p: {environments: [], environments: []}            | p.environments: found the key a second time; it is also on line 1; allowed: each key once
          p: {environments: [], x: {y: [{z: 1, z: 2}]}}      | p.x.y[0].z: found the key a second time; it is also on line 1; allowed: each key once
          p: {environments: [], name: *anchor}               | p.name: found the alias *anchor; allowed: the value itself, written out
          p: {environments: [], name: !!binary aGVsbG8=}     | p.name: found binary data; allowed: text, numbers, lists and maps
          """)
  void isReportedWithItsPlace(String text, String problem) {
    assertThat(messages("a.yaml", text)).contains("error: a.yaml:1: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          p: {release: {services: [a/b]}},                  p.release.services[0], 'a/b'
          p: {environments: [{id: 'a b'}]},                 p.environments[0].id, 'a b'
          p: {environments: [{id: ..}]},                    p.environments[0].id, '..'
          p: {environments: [{promotion: {from: /}}]},      p.environments[0].promotion.from, '/'
          p: {release: {from_label: é}},                    p.release.from_label, 'é'
          """,
      quoteCharacter = '`')
  void idsAreSinglePathSegments(String text, String path, String found) {
    // CsvSource splits at commas, so these texts have none inside.
    assertThat(messages("a.yaml", text))
        .contains("error: a.yaml:1: " + path + ": found " + found + "; allowed: " + SEGMENT);
  }

  @Test
  void aCircleIsReportedOnce() {
    String text =
        """
        p:
          environments:
            - {id: a, promotion: {from: b}}
            - {id: b, promotion: {from: c}}
            - {id: c, promotion: {from: b}}
            - {id: d, promotion: {from: latest}}
        """;
    assertThat(messages("a.yaml", text))
        .containsExactly(
            "error: a.yaml:4: p.environments[1].promotion.from: found a circle: b from c from b;"
                + " allowed: sources that lead to a label");
  }

  @Test
  void aProjectThatIsTwiceInAFileIsInvalid() {
    assertThat(messages("a.yaml", "p: {environments: []}\nq: {environments: []}\np: {}\n"))
        .contains(
            "error: a.yaml:3: p: found the key a second time; it is also on line 1; allowed: each"
                + " key once");
  }

  @Test
  void aMisspeltKeyIsKeptOutOfTheWayAndNamed() {
    String text =
        """
        {"p": {
          "environments": [],
          "release": {"quiet_perod": "5s", "maxWait": "1h"},
          "owner": "example"}}
        """;
    assertThat(messages("a.json", text))
        .containsExactly(
            "warning: a.json:3: p.release.quiet_perod: found an unknown key, which is ignored;"
                + " allowed: from_label, quiet_period, max_wait, services (did you mean"
                + " quiet_period?)",
            "warning: a.json:3: p.release.maxWait: found an unknown key, which is ignored; allowed:"
                + " from_label, quiet_period, max_wait, services (did you mean max_wait?)",
            "warning: a.json:4: p.owner: found an unknown key, which is ignored;"
                + " allowed: name, environments, release, role_arn");
  }

  @Test
  void aSourceThatIsNearlyAnEnvironmentIsQuestioned() {
    String text = "p: {environments: [{id: stage}, {id: prod, promotion: {from: stgae}}]}";
    assertThat(messages("a.yaml", text))
        .containsExactly(
            "warning: a.yaml:1: p.environments[1].promotion.from: found 'stgae', which is no"
                + " environment and so taken as a label; allowed: a label or an environment of this"
                + " project (did you mean stage?)");
  }

  @Test
  void aServiceThatIsListedTwiceIsCountedOnce() {
    assertThat(messages("a.yaml", "p: {environments: [], release: {services: [a, a]}}"))
        .containsExactly(
            "warning: a.yaml:1: p.release.services[1]: found 'a' a second time; allowed: each"
                + " service once");
  }

  @Test
  void whatAManifestSaysCannotForgeALogLine() {
    assertThat(messages("a.json", "{\"p\\nERROR all is lost\": {\"x\": 1}}"))
        .containsExactly(
            "error: a.json:1: [\"p\\u000aERROR all is lost\"]: found the project id"
                + " 'p\\u000aERROR all is lost'; allowed: "
                + SEGMENT);
  }

  @Test
  void anOddKeyIsQuotedInThePath() {
    assertThat(messages("a.yaml", "storage.v2: {environments: []\n , release: {\"a.b\": 1}}"))
        .containsExactly(
            "warning: a.yaml:2: [\"storage.v2\"].release[\"a.b\"]: found an unknown key, which is"
                + " ignored; allowed: from_label, quiet_period, max_wait, services");
  }
}
