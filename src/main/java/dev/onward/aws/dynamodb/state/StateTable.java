package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.TableDefinition;
import dev.onward.aws.dynamodb.TableDefinition.KeySchema;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.release.ReleaseId;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * All attribute names and expressions of the state table.
 *
 * <p>A project's current state is one partition, {@code project#storage}, which one query reads
 * completely: {@code label#latest}, {@code environment#prod}, {@code interventions}. The kind of an
 * item is the word before the {@code #}; unknown kinds are skipped. Data that grows without limit
 * has partitions of its own: {@code audit#storage}, {@code requests#storage}, and {@code overflow#}
 * with a release's id. The daemon has {@code daemon}, {@code daemon#audit} and {@code
 * daemon#requests}.
 */
public final class StateTable {
  public static final String PK = "pk";
  public static final String SK = "sk";

  static final String LABEL_PREFIX = "label#";
  static final String ENVIRONMENT_PREFIX = "environment#";

  static final String VERSION = "version";

  /** Far above any real number of changes, and far below an overflow. */
  static final long HIGHEST_VERSION = 1_000_000_000_000_000L;

  static final String LABEL = "label";
  static final String RELEASE_ID = "release_id";
  static final String RELEASE_CREATED_AT = "release_created_at";

  static final String ENVIRONMENT_ID = "environment_id";
  static final String CONVERGED = "converged";
  static final String HISTORY = "history";
  static final String AUTOMATION_AFTER = "automation_after";
  static final String ADOPTED_UP_TO = "adopted_up_to";

  /** True if an operator requested that the parameters be written; otherwise absent. */
  static final String REPAIR_ASKED = "repair_asked";

  /** Inside the history, where short names keep a project's state within few read units. */
  static final String ENTRY_RELEASE = "r";

  /** When the release was created. */
  static final String ENTRY_RELEASE_CREATED = "c";

  /** The deployment's id; absent for those of the older tool. */
  static final String ENTRY_DEPLOYMENT = "d";

  /** When it was deployed. */
  static final String ENTRY_DEPLOYED = "t";

  /**
   * Who decided: a, automation; p, a person; o, the older tool; f, before Onward's first
   * observation.
   */
  static final String ENTRY_ORIGIN = "o";

  /** Since when all parameters had matched when it was superseded; absent if not all did. */
  static final String ENTRY_STEADY = "s";

  /** The sort key of the interventions. */
  static final String INTERVENTIONS = "interventions";

  static final String STOP = "stop";
  static final String HOLDS = "holds";
  static final String REJECTIONS = "rejections";
  static final String APPROVALS = "approvals";
  static final String FREEZES = "freezes";

  /** Inside an intervention, next to {@link #WHO} and {@link #AT}. */
  static final String REASON = "reason";

  static final String UNTIL = "until";

  /** Inside a freeze. */
  static final String FREEZE_ID = "freeze_id";

  static final String FROM = "from";

  static final String EVENT = "event";
  static final String AT = "at";
  static final String WHO = "who";
  static final String SUBJECT = "subject";
  static final String BEFORE = "before";
  static final String AFTER = "after";
  static final String DETAIL = "detail";
  static final String REQUEST_ID = "request_id";

  /** Of an idempotency key; {@link #AT} is when it was claimed. */
  static final String FINGERPRINT = "fingerprint";

  static final String CLAIM = "claim";
  static final String ANSWER = "answer";

  /** In Unix seconds, as DynamoDB's time to live requires. No other item has it. */
  public static final String EXPIRES_AT = "expires_at";

  /** Inside an answer. */
  static final String ANSWER_STATUS = "status";

  static final String ANSWER_BODY = "body";

  /** Of an overflow item: the deployment, as it would be stored in the release. */
  public static final String DEPLOYMENT = "deployment";

  /** Sort key prefix of a lease. */
  static final String LEASE_PREFIX = "lease#";

  static final String LEADER = "leader";
  static final String BEAT = "beat";

  /** In milliseconds. */
  static final String TERM = "term";

  /** Attribute name prefix; a replica's id follows. */
  static final String REPLICA_PREFIX = "replica#";

  /** Inside a replica's attribute, beside {@link #BEAT}. */
  static final String STARTED_AT = "started_at";

  static final String OF_PARTITION = "pk = :partition";

  /** Every kind of mutable item counts its changes; one without a version does not exist yet. */
  static final String NO_VERSION = "attribute_not_exists(version)";

  static final String ANY_VERSION = "attribute_exists(version)";
  static final String AT_VERSION = "version = :expected_version";
  static final String LABEL_HEAD_AS_OBSERVED = AT_VERSION + " AND release_id = :expected_release";

  static final String MOVE_LABEL =
      "SET label = :label, release_id = :release, release_created_at = :created,"
          + " version = :version";

  /** To be completed with the optional attributes, set or removed. */
  static final String MOVE_ENVIRONMENT =
      "SET environment_id = :environment, version = :version, converged = :converged,"
          + " history = :history";

  static final String SET_CONVERGED = "SET converged = :converged REMOVE repair_asked";
  static final String REOPEN = "SET converged = :converged, version = version + :one";

  /** To be completed with the position of the history's last entry. */
  static final String CURRENT_RELEASE = "history[%s].r = :expected_release";

  static final String FREE = "attribute_not_exists(pk) OR expires_at <= :now";
  static final String SAME_REQUEST = "fingerprint = :fingerprint";
  static final String SET_ANSWER = "SET answer = :answer";
  static final String SAME_CLAIM_UNANSWERED = "claim = :claim AND attribute_not_exists(answer)";
  static final String EXPIRE = "SET expires_at = :past";

  /** To be completed with the replicas that are gone. */
  static final String CLAIM_LEASE =
      "SET leader = :replica, beat = :beat, term = :term, #replica = :presence";

  static final String NEVER_CLAIMED = "attribute_not_exists(beat)";
  static final String AT_BEAT = "beat = :expected";
  static final String ATTEND = "SET #replica = :presence";
  static final String GO = "REMOVE #replica";
  static final String GIVE_BACK = "SET beat = :beat REMOVE leader, #replica";
  static final String OWN_AT_BEAT = "leader = :replica AND beat = :expected";

  private StateTable() {}

  public static TableDefinition definition(String name) {
    return new TableDefinition(name, "onward.state-table", KeySchema.of(PK, SK), List.of());
  }

  public static String overflowPartition(ReleaseId release) {
    return "overflow#" + release;
  }

  static String sortKey(Label label) {
    return LABEL_PREFIX + label;
  }

  static String sortKey(EnvironmentId environment) {
    return ENVIRONMENT_PREFIX + environment;
  }

  static Map<String, AttributeValue> key(StateOwner owner, String sortKey) {
    return key(owner.partition(), sortKey);
  }

  public static Map<String, AttributeValue> key(String partition, String sortKey) {
    return Map.of(PK, Item.ofText(partition), SK, Item.ofText(sortKey));
  }
}
