package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.TableDefinition;
import dev.onward.aws.dynamodb.TableDefinition.KeySchema;
import dev.onward.aws.dynamodb.TableDefinition.SecondaryIndex;
import dev.onward.model.ProjectId;
import dev.onward.model.release.ReleaseId;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * All attribute names and expressions of the releases table, which Onward shares with the older
 * tool. The older tool cannot print a number: no expression stores one.
 */
public final class ReleaseTable {
  public static final String RELEASE_ID = "release_id";
  static final String PROJECT_ID = "project_id";
  static final String PROJECT_NAME = "project_name";
  static final String DATE_CREATED = "date_created";
  static final String CREATED_AT = "created_at";
  static final String LAST_DATE_DEPLOYED = "last_date_deployed";
  static final String DESCRIPTION = "description";
  static final String REQUESTED_BY = "requested_by";
  static final String IMAGES = "images";
  public static final String RELEASE_MANIFEST = "release_manifest";
  public static final String DEPLOYMENTS = "deployments";

  /**
   * Written by Onward only: {@code true} if some deployments did not fit and are stored in the
   * state table. Earlier versions counted them here.
   */
  static final String DEPLOYMENTS_OVERFLOW = "deployments_overflow";

  /** Inside a deployment. */
  static final String ENVIRONMENT = "environment";

  /** Inside a deployment, and only in Onward's. */
  static final String DEPLOYMENT_ID = "deployment_id";

  /** Inside an environment. */
  static final String ENVIRONMENT_ID = "id";

  static final String ENVIRONMENT_NAME = "name";

  /** All releases of a project by {@link #DATE_CREATED}. */
  static final String PROJECT_INDEX = "project_gsi";

  /** Sparse: only deployed releases, by {@link #LAST_DATE_DEPLOYED}. */
  static final String DEPLOYMENT_INDEX = "deployment_gsi";

  static final String ABSENT = "attribute_not_exists(release_id)";
  static final String PRESENT = "attribute_exists(release_id)";

  /** The older tool's own append, but in one update with the date. */
  static final String APPEND =
      "SET deployments = list_append(if_not_exists(deployments, :empty), :deployment),"
          + " last_date_deployed = :deployed";

  static final String NO_DEPLOYMENTS =
      PRESENT + " AND (attribute_not_exists(deployments) OR size(deployments) = :length)";
  static final String AS_MANY_DEPLOYMENTS = PRESENT + " AND size(deployments) = :length";

  static final String MARK_OVERFLOW =
      "SET deployments_overflow = :true, last_date_deployed = :deployed";

  static final String OF_PROJECT = "project_id = :project";
  static final String OF_PROJECT_DEPLOYED_UP_TO = OF_PROJECT + " AND last_date_deployed <= :upTo";

  private static final String PROJECT_PLACEHOLDER = "{project_id}";

  private ReleaseTable() {}

  /**
   * The releases table of a project.
   *
   * @param template the table's name, in which {@code {project_id}} is replaced by the project
   */
  public static TableDefinition definition(String template, ProjectId project) {
    return new TableDefinition(
        template.replace(PROJECT_PLACEHOLDER, project.value()),
        "onward.releases-table",
        KeySchema.of(RELEASE_ID),
        List.of(
            new SecondaryIndex(PROJECT_INDEX, KeySchema.of(PROJECT_ID, DATE_CREATED)),
            new SecondaryIndex(DEPLOYMENT_INDEX, KeySchema.of(PROJECT_ID, LAST_DATE_DEPLOYED))));
  }

  public static Map<String, AttributeValue> key(ReleaseId id) {
    return Map.of(RELEASE_ID, Item.ofText(id.value()));
  }
}
