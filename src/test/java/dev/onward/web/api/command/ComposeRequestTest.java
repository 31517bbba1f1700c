package dev.onward.web.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.ReleasePolicy;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.FieldError;
import jakarta.validation.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ComposeRequestTest {
  private static final DesiredState STORAGE =
      new DesiredState(
          new ProjectId("storage"),
          "Storage service",
          Optional.empty(),
          new ReleasePolicy(
              new Label("latest"), Duration.ZERO, Duration.ofMinutes(10), new TreeSet<>()),
          List.of(
              new DesiredEnvironment(
                  new EnvironmentId("prod"), "Production", Optional.empty(), DriftPolicy.REPORT)));

  @Test
  void anEnvironmentOfTheProjectIsOneAndAllElseIsALabel() {
    assertThat(read("{'from': 'prod'}").from()).isEqualTo(new EnvironmentId("prod"));
    assertThat(read("{'from': 'stage'}").from()).isEqualTo(new Label("stage"));
  }

  @Test
  void aServiceComesFromALabelOrIsGiven() {
    assertThat(
            read("{'from': 'prod', 'services': {'bags': {'label': 'pr-12'},"
                    + " 'mets': {'image': 'example.com/ns/mets:2'}}}")
                .replacements())
        .isEqualTo(
            Map.of(
                new ServiceId("bags"),
                new OperatorCommand.Replacement.FromLabel(new Label("pr-12")),
                new ServiceId("mets"),
                new OperatorCommand.Replacement.Given(new ImageRef("example.com/ns/mets:2"))));
  }

  @Test
  void withoutServicesItIsWhatIsThere() {
    assertThat(read("{'from': 'prod', 'services': {}}").replacements()).isEmpty();
    assertThat(read("{'from': 'prod'}").replacements()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(
            errors(
                "{'from': 'a/b', 'services': {'b c': {'label': 'x'}, 'both': {'label': 'x', 'image':"
                    + " 'example.com/a/b:1'}, 'none': {}, 'odd': {'image': 'word'}, 'text': 'x',"
                    + " 'more': {'label': 'x', 'tag': '1'}}}"))
        .extracting(FieldError::field)
        .containsExactly(
            "from",
            "services.b c",
            "services.both",
            "services.none",
            "services.odd.image",
            "services.text",
            "services.more.tag");
  }

  @Test
  void servicesAreAnObject() {
    assertThat(errors("{'from': 'prod', 'services': ['bags']}"))
        .extracting(FieldError::field)
        .containsExactly("services");
    assertThat(errors("{'services': {}}")).extracting(FieldError::field).containsExactly("from");
  }

  private static OperatorCommand.Compose read(String body) {
    var bodies = new BodyReader(Validation.buildDefaultValidatorFactory().getValidator());
    String because = body.substring(0, body.length() - 1) + ", 'reason': 'because'}";
    return bodies
        .read(ComposeRequest.class, BodyReader.parse(because.replace('\'', '"')), Instant.EPOCH)
        .command(STORAGE);
  }

  private static List<FieldError> errors(String body) {
    return assertThatExceptionOfType(CommandRejectedException.class)
        .isThrownBy(() -> read(body))
        .actual()
        .errors();
  }
}
