package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.TableCalls;
import dev.onward.aws.dynamodb.TableDefinition;
import dev.onward.aws.dynamodb.state.StateOwner;
import dev.onward.aws.dynamodb.state.StatePartition;
import dev.onward.model.ProjectId;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The two tables of one project. */
public final class ProjectTables {
  private final ProjectId project;
  private final TableDefinition releases;
  private final StatePartition state;
  private final TableCalls calls;

  public ProjectTables(
      ProjectId project, TableDefinition releases, TableDefinition state, TableCalls calls) {
    this.project = project;
    this.releases = releases;
    this.state = new StatePartition(StateOwner.of(project), state, List.of(state, releases), calls);
    this.calls = calls;
  }

  ProjectId project() {
    return project;
  }

  String releases() {
    return releases.name();
  }

  /** The project's part of the state table. */
  public StatePartition state() {
    return state;
  }

  /** A consistent read of a release. */
  Optional<Item> release(Map<String, AttributeValue> key) {
    return calls.get(releases, key);
  }

  /** One page of releases. */
  QueryResponse queryReleases(QueryRequest request) {
    return calls.query(releases, request);
  }

  /** Every page of a query of the releases, each read on demand. */
  Iterator<QueryResponse> pagesOfReleases(QueryRequest first) {
    return calls.pages(releases, first);
  }
}
