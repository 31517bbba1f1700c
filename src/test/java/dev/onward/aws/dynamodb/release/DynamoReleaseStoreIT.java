package dev.onward.aws.dynamodb.release;

import static dev.onward.aws.Samples.STORAGE;

import dev.onward.aws.ReleaseStoreContract;
import dev.onward.aws.dynamodb.state.TestAws;
import dev.onward.model.ProjectId;
import dev.onward.store.ReleaseStore;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by DynamoDB. */
final class DynamoReleaseStoreIT extends ReleaseStoreContract {
  private final TestAws aws = new TestAws(STORAGE);

  @Override
  public ReleaseStore store(ProjectId project) {
    return aws.releaseStore(project, InstantSource.system());
  }

  @AfterEach
  void close() {
    aws.close();
  }
}
