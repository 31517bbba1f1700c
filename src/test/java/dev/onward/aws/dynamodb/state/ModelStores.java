package dev.onward.aws.dynamodb.state;

import dev.onward.aws.client.AwsCalls;
import dev.onward.aws.client.Pace;
import dev.onward.aws.client.ResponseValidator;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.TableCalls;
import dev.onward.aws.dynamodb.TableVerifier;
import dev.onward.aws.dynamodb.release.DynamoReleaseStore;
import dev.onward.aws.dynamodb.release.ProjectTables;
import dev.onward.aws.dynamodb.release.ReleaseItem;
import dev.onward.aws.dynamodb.release.ReleaseTable;
import dev.onward.aws.ssm.SsmChangeCalendars;
import dev.onward.aws.ssm.SsmParameterStore;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.store.GlobalStore;
import dev.onward.store.ProjectStores;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The real stores of one process over any two clients, and the readings of their items. Repeating
 * does not wait: whoever is at the other end of the clients lets time pass.
 */
public final class ModelStores {
  public static final String RELEASES = "releases";
  public static final String STATE = "state";

  private final SsmClient ssm;
  private final InstantSource clock;
  private final AwsCalls calls;
  private final TableCalls tableCalls;

  public ModelStores(SsmClient ssm, DynamoDbClient dynamo, InstantSource clock) {
    this(ssm, dynamo, clock, true);
  }

  /**
   * @param checksAnswers whether answers are held against AWS's own model
   */
  public ModelStores(
      SsmClient ssm, DynamoDbClient dynamo, InstantSource clock, boolean checksAnswers) {
    this.calls =
        TestAws.calls(
            Pace.UNLIMITED, checksAnswers ? ResponseValidator.AWS_MODEL : (request, answer) -> {});
    this.ssm = ssm;
    this.clock = clock;
    this.tableCalls = new TableCalls(dynamo, calls, new TableVerifier(dynamo, calls, false));
  }

  public ProjectStores of(ProjectId project) {
    var tables =
        new ProjectTables(
            project,
            ReleaseTable.definition(RELEASES, project),
            StateTable.definition(STATE),
            tableCalls);
    return new ProjectStores(
        new SsmParameterStore(ssm, calls),
        new DynamoReleaseStore(tables, clock),
        new SsmChangeCalendars(ssm, calls),
        new DynamoAuditTrail(tables.state()),
        new DynamoIdempotencyStore(tables.state(), clock));
  }

  public GlobalStore daemon() {
    return new DynamoGlobalStore(StateTable.definition(STATE), tableCalls, clock);
  }

  /** An item of the state table as the environment's head that it is; empty if it is none. */
  public static Optional<EnvironmentHead> environment(Map<String, AttributeValue> item) {
    return Optional.of(new Item(item))
        .filter(HeadItem::isEnvironment)
        .map(HeadItem::readEnvironment);
  }

  /** An item of the state table as the label's head that it is; empty if it is none. */
  public static Optional<LabelHead> label(Map<String, AttributeValue> item) {
    return Optional.of(new Item(item)).filter(HeadItem::isLabel).map(HeadItem::readLabel);
  }

  /** An item of the state table as the operators' words that it is; empty if it is none. */
  public static Optional<InterventionState> interventions(Map<String, AttributeValue> item) {
    return Optional.of(new Item(item))
        .filter(InterventionsItem::isOne)
        .map(InterventionsItem::read);
  }

  /** An item of the releases table. */
  public static Release release(Map<String, AttributeValue> item) {
    return ReleaseItem.read(new Item(item));
  }
}
