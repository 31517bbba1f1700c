package dev.onward.status.log;

import static dev.onward.status.StatusFixture.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.status.StatusFixture;
import dev.onward.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcileLogTest {
  private final Logger logger = Logger.getLogger(ReconcileLog.class.getName());
  private final Recorder recorder = new Recorder();
  private final ReconcileLog log = new ReconcileLog();
  private final StatusFixture storage = StatusFixture.storage().publish("bags", "1");

  @BeforeEach
  void listen() {
    logger.addHandler(recorder);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(recorder);
  }

  @Test
  void projectEnvironmentAndReleaseAreFieldsOfTheirOwn() {
    log.cycleEnded(storage.cycle());
    assertThat(recorder.records)
        .filteredOn(line -> line.getMessage().contains("deployed release"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getMdc("project")).isEqualTo("storage");
              assertThat(line.getMdc("environment")).isEqualTo("stage");
              assertThat(line.getMdc("release")).hasSize(36);
            });
  }

  @Test
  void aRemovedProjectThatComesBackIsToldAfresh() {
    log.cycleEnded(storage.cycle());
    log.cycleEnded(storage.cycle());
    int quiet = recorder.records.size();
    log.projectRemoved(storage.desired().project());
    log.cycleEnded(storage.cycle());
    assertThat(recorder.records).hasSizeGreaterThan(quiet);
  }

  @Test
  void aPersonsActHasOneLineWithTheCallerAsAField() {
    log.cycleEnded(storage.cycle());
    recorder.records.clear();
    var wish = new OperatorCommand.Say(new Intervention.Hold(PROD));
    var attribution = storage.said("alice", "fire");
    var report = storage.execute(wish, attribution, new WriteOutcome.Applied());
    log.commandEnded(storage.desired(), wish, attribution, report);
    assertThat(recorder.records)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getMessage()).isEqualTo("storage/prod: held by alice: fire");
              assertThat(line.getMdc("caller")).isEqualTo("alice");
              assertThat(line.getMdc("environment")).isEqualTo("prod");
            });
  }

  private static final class Recorder extends Handler {
    private final List<ExtLogRecord> records = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      var record = ExtLogRecord.wrap(line);
      record.copyMdc();
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
