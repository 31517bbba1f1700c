package dev.onward.status.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.command.Publication;
import dev.onward.command.PublicationResult;
import dev.onward.command.PublicationResult.Published;
import dev.onward.command.PublicationResult.State;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.ImageRef;
import dev.onward.store.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.Test;

class PublicationLinesTest {
  private static final ServiceId BAGS = new ServiceId("bags");
  private static final ImageRef IMAGE = new ImageRef("example.com/ns/bags:2");

  @Test
  void whatWasPublishedIsALine() {
    LogLine line =
        line(new PublicationResult.Ended(List.of(bags(State.WRITTEN)), Optional.empty()));
    assertThat(line.level()).isEqualTo(Level.INFO);
    assertThat(line.text()).isEqualTo("storage: Alice published 1 image under latest (2): INC-42");
    assertThat(line.caller()).contains("alice");
  }

  @Test
  void whatCouldNotBePublishedIsAWarning() {
    LogLine line =
        line(
            new PublicationResult.Ended(
                List.of(bags(State.FAILED)), Optional.of(Failure.transientOne("throttled"))));
    assertThat(line.level()).isEqualTo(Level.WARN);
    assertThat(line.text())
        .isEqualTo("storage: Alice published 0 images under latest: INC-42; throttled");
  }

  @Test
  void aRefusalSaysWhy() {
    assertThat(line(new PublicationResult.Refused("latest is an environment")).text())
        .isEqualTo("storage: refused publishing under latest for Alice: latest is an environment");
  }

  private static LogLine line(PublicationResult report) {
    var publication =
        new Publication(new Label("latest"), new TreeMap<>(Map.of(BAGS, IMAGE)), false);
    var attribution =
        new Attribution(new Requester("alice", "Alice"), Instant.EPOCH, "INC-42", Optional.empty());
    List<LogLine> lines =
        new PublicationLines(new ProjectId("storage"), publication, attribution).of(report);
    assertThat(lines).hasSize(1);
    return lines.getFirst();
  }

  private static Published bags(State state) {
    return new Published(BAGS, Optional.empty(), IMAGE, Optional.empty(), state);
  }
}
