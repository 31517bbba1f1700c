package dev.onward.aws;

import static dev.onward.aws.Samples.STORAGE;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.ReleaseStore;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by DynamoDB. */
final class DynamoReleaseStoreIT extends ReleaseStoreContract {
  private final TestAws aws = new TestAws(STORAGE);

  @Override
  ReleaseStore store(ProjectId project) {
    return aws.releaseStore(project, InstantSource.system());
  }

  @AfterEach
  void close() {
    aws.close();
  }
}
