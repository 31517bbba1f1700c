package dev.onward.aws;

import dev.onward.aws.TableDefinition.KeySchema;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.ReleaseId;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every name and every expression of the state table.
 *
 * <p>A project's heads share one partition, {@code project#storage}, which a plan reads whole with
 * one query: {@code label#latest}, {@code environment#prod}. What else may come to stand there is
 * told apart by the word before the {@code #}; unknown words are passed over. What grows without
 * end has partitions of its own: {@code audit#storage}, and {@code overflow#} with a release's id.
 */
final class StateTable {
  static final String PK = "pk";
  static final String SK = "sk";

  static final String LABEL_PREFIX = "label#";
  static final String ENVIRONMENT_PREFIX = "environment#";

  static final String VERSION = "version";

  static final String LABEL = "label";
  static final String RELEASE_ID = "release_id";
  static final String RELEASE_CREATED_AT = "release_created_at";

  static final String ENVIRONMENT_ID = "environment_id";
  static final String CONVERGED = "converged";
  static final String HISTORY = "history";
  static final String AUTOMATION_AFTER = "automation_after";
  static final String ADOPTED_UP_TO = "adopted_up_to";

  /** Inside the history, where short names keep a project's state within few read units. */
  static final String ENTRY_RELEASE = "release_id";

  static final String ENTRY_RELEASE_CREATED = "created";
  static final String ENTRY_DEPLOYMENT = "deployment";
  static final String ENTRY_DEPLOYED = "at";
  static final String ENTRY_ORIGIN = "origin";
  static final String ENTRY_CONVERGED = "converged";

  static final String EVENT = "event";
  static final String AT = "at";
  static final String WHO = "who";
  static final String SUBJECT = "subject";
  static final String BEFORE = "before";
  static final String AFTER = "after";
  static final String DETAIL = "detail";
  static final String REQUEST_ID = "request_id";

  /** Of an overflow item: the deployment, as it would stand in the release. */
  static final String DEPLOYMENT = "deployment";

  static final String OF_PARTITION = "pk = :partition";

  static final String NO_HEAD = "attribute_not_exists(version)";
  static final String ANY_HEAD = "attribute_exists(version)";
  static final String HEAD_AT_VERSION = "version = :expected_version";
  static final String LABEL_HEAD_AS_OBSERVED =
      HEAD_AT_VERSION + " AND release_id = :expected_release";

  static final String MOVE_LABEL =
      "SET label = :label, release_id = :release, release_created_at = :created,"
          + " version = :version";

  /** To be completed with the two optional attributes, set or removed. */
  static final String MOVE_ENVIRONMENT =
      "SET environment_id = :environment, version = :version, converged = :converged,"
          + " history = :history";

  static final String SET_CONVERGED = "SET converged = :converged";

  /** To be completed with the position of the history's last entry. */
  static final String CURRENT_RELEASE = "history[%d].release_id = :expected_release";

  private StateTable() {}

  static TableDefinition definition(String name) {
    return new TableDefinition(name, "onward.state-table", KeySchema.of(PK, SK), List.of());
  }

  static AttributeValue partition(ProjectId project) {
    return Item.ofText("project#" + project);
  }

  static AttributeValue auditPartition(ProjectId project) {
    return Item.ofText("audit#" + project);
  }

  static AttributeValue overflowPartition(ReleaseId release) {
    return Item.ofText("overflow#" + release);
  }

  static Map<String, AttributeValue> key(ProjectId project, Label label) {
    return Map.of(PK, partition(project), SK, Item.ofText(LABEL_PREFIX + label));
  }

  static Map<String, AttributeValue> key(ProjectId project, EnvironmentId environment) {
    return Map.of(PK, partition(project), SK, Item.ofText(ENVIRONMENT_PREFIX + environment));
  }
}
