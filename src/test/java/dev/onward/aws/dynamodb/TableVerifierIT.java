package dev.onward.aws.dynamodb;

import static dev.onward.aws.Samples.STORAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.FaultyHttp;
import dev.onward.aws.client.Pace;
import dev.onward.aws.dynamodb.TableDefinition.KeySchema;
import dev.onward.aws.dynamodb.TableDefinition.SecondaryIndex;
import dev.onward.aws.dynamodb.release.DynamoReleaseStore;
import dev.onward.aws.dynamodb.release.ReleaseTable;
import dev.onward.aws.dynamodb.state.TestAws;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** Fault 30: a table is missing, or is not what it should be. */
final class TableVerifierIT {
  private final TestAws aws = new TestAws(STORAGE);

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void fault30AMissingTableIsNamedWithTheSettingAndNeverCreatedSilently() {
    var store = new DynamoReleaseStore(aws.tables(STORAGE, false), InstantSource.system());

    assertThatThrownBy(store::state)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.STALLED))
        .hasMessageContaining(aws.state.name())
        .hasMessageContaining("onward.state-table")
        .hasMessageContaining("onward.create-tables");
    assertThat(aws.dynamo.listTablesPaginator().tableNames()).doesNotContain(aws.state.name());
  }

  @Test
  void fault30AWrongKeyAndWrongIndexesAreAllNamedAtOnce() {
    aws.dynamo.createTable(
        TableCreation.of(
            new TableDefinition(
                aws.releases.name(),
                "",
                KeySchema.of("id"),
                List.of(
                    new SecondaryIndex("project_gsi", KeySchema.of("project_id", "created_at"))))));

    assertThatThrownBy(() -> tables(false).require(aws.releases))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.STALLED))
        .hasMessageContaining("its key is (id), expected (release_id)")
        .hasMessageContaining(
            "its index project_gsi is on (project_id, created_at),"
                + " expected (project_id, date_created)")
        .hasMessageContaining("it has no index deployment_gsi");
  }

  @Test
  void anIndexThatDoesNotProjectEverythingIsNamed() {
    CreateTableRequest creation = TableCreation.of(aws.releases);
    aws.dynamo.createTable(
        creation.toBuilder()
            .globalSecondaryIndexes(
                creation.globalSecondaryIndexes().stream()
                    .map(
                        index ->
                            index.toBuilder()
                                .projection(p -> p.projectionType("KEYS_ONLY"))
                                .build())
                    .toList())
            .build());

    assertThatThrownBy(() -> tables(false).require(aws.releases))
        .hasMessageContaining("its index deployment_gsi projects KEYS_ONLY, expected ALL");
  }

  @Test
  void tablesAreCreatedWhereThatIsWantedAndByTwoReplicasAtOnce() throws Exception {
    Callable<Boolean> require =
        () -> {
          tables(true).require(aws.releases);
          tables(true).require(aws.state);
          return true;
        };

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(List.of(require, require, require))) {
        assertThat(done.get()).isTrue();
      }
    }
    tables(false).require(aws.releases);
  }

  @Test
  void aTableIsCheckedOnce() {
    aws.createTables();
    TableVerifier tables = tables(false);

    tables.require(aws.state);
    tables.require(aws.state);

    assertThat(aws.http.sent("DescribeTable")).isEqualTo(1);
  }

  @Test
  void aTableThatVanishesIsCheckedAgain() {
    var store = aws.releaseStore(InstantSource.system());
    store.state();
    aws.dynamo.deleteTable(request -> request.tableName(aws.state.name()));

    assertThatThrownBy(store::state)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not found");
    assertThat(store.state().labels()).isEmpty();
  }

  @Test
  void aTableThatIsBeingCreatedIsWaitedFor() {
    aws.http.next(
        "DescribeTable",
        FaultyHttp.answer(
            200,
            """
            {"Table": {"TableName": "%s", "TableStatus": "CREATING", "KeySchema": [
              {"AttributeName": "pk", "KeyType": "HASH"},
              {"AttributeName": "sk", "KeyType": "RANGE"}]}}
            """
                .formatted(aws.state.name())));

    assertThatThrownBy(() -> tables(false).require(aws.state))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.WAITING))
        .hasMessageContaining("CREATING");
  }

  @Test
  void theNameOfTheReleasesTableMayHoldTheProject() {
    assertThat(ReleaseTable.definition("wellcome-releases-{project_id}", STORAGE).name())
        .isEqualTo("wellcome-releases-storage");
    assertThat(ReleaseTable.definition("onward-releases", STORAGE).name())
        .isEqualTo("onward-releases");
  }

  private TableVerifier tables(boolean create) {
    return new TableVerifier(aws.dynamo, TestAws.calls(Pace.UNLIMITED), create);
  }
}
