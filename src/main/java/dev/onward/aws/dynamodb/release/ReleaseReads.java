package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.state.StateTable;
import dev.onward.model.InvalidValueException;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.store.Failure;
import dev.onward.store.ReleaseStore.IdSearch;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.ReleaseStore.ReleasePage;
import dev.onward.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads of a project's releases: one consistently, or many from an index. */
final class ReleaseReads {
  private static final Logger LOG = Logger.getLogger(ReleaseReads.class);

  /** The search for the older tool's deployments seldom needs more than the newest few. */
  private static final int SEARCH_PAGE = 25;

  private final ProjectTables tables;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  ReleaseReads(ProjectTables tables) {
    this.tables = tables;
  }

  /** The raw item, if it belongs to the project. */
  Optional<Item> item(ReleaseId id) {
    return tables
        .release(ReleaseTable.key(id))
        .filter(
            item ->
                item.text(ReleaseTable.PROJECT_ID)
                    .filter(tables.project().value()::equals)
                    .isPresent());
  }

  Optional<Release> release(ReleaseId id) {
    try {
      return item(id).map(this::read);
    } catch (InvalidValueException e) {
      throw unreadable(id, e);
    }
  }

  /** The release as far as it can be read. */
  Optional<PartialRelease> partial(ReleaseId id) {
    try {
      return item(id).map(this::readPartially);
    } catch (InvalidValueException e) {
      throw unreadable(id, e);
    }
  }

  private PartialRelease readPartially(Item item) {
    PartialRelease read = ReleaseItem.readPartially(item);
    return new PartialRelease(complete(item, read.release()), read.unreadable());
  }

  private StoreException unreadable(ReleaseId id, InvalidValueException e) {
    return new StoreException(
        Failure.stalled(
            "release %s in table %s cannot be read: %s"
                .formatted(id, tables.releases(), e.getMessage())),
        e);
  }

  ReleasePage page(int limit, Optional<String> cursor) {
    var request = newestFirst(ReleaseTable.PROJECT_INDEX).limit(limit);
    cursor
        .map(PageCursor::parse)
        .map(it -> it.key(tables.project()))
        .ifPresent(request::exclusiveStartKey);
    QueryResponse page = tables.queryReleases(request.build());
    var releases = new ArrayList<Release>();
    var unreadable = new ArrayList<String>();
    for (Map<String, AttributeValue> attributes : page.items()) {
      var item = new Item(attributes);
      try {
        releases.add(read(item));
      } catch (InvalidValueException e) {
        unreadable.add(reason(item, e));
      }
    }
    Optional<String> next =
        Optional.of(page.lastEvaluatedKey()).filter(key -> !key.isEmpty()).map(this::cursor);
    return new ReleasePage(releases, next, unreadable);
  }

  private String cursor(Map<String, AttributeValue> key) {
    try {
      return PageCursor.of(new Item(key)).text();
    } catch (InvalidValueException e) {
      throw new StoreException(
          Failure.stalled(
              "the releases in table %s cannot be listed any further: invalid key of the last one: %s"
                  .formatted(tables.releases(), e.getMessage())),
          e);
    }
  }

  /** Read units are charged for whole items whatever is projected, hence the limit. */
  IdSearch idsBeginningWith(String beginning, int pages) {
    Iterator<QueryResponse> read =
        tables.pagesOfReleases(
            newestFirst(ReleaseTable.PROJECT_INDEX)
                .projectionExpression(ReleaseTable.RELEASE_ID)
                .build());
    var found = new ArrayList<ReleaseId>();
    for (int page = 0; page < pages && read.hasNext(); page++) {
      read.next().items().stream()
          .flatMap(item -> new Item(item).text(ReleaseTable.RELEASE_ID).stream())
          .filter(id -> id.startsWith(beginning))
          .map(ReleaseId::new)
          .forEach(found::add);
    }
    return new IdSearch(found, !read.hasNext());
  }

  Stream<Release> deployedNewestFirst() {
    return pages(newestFirst(ReleaseTable.DEPLOYMENT_INDEX));
  }

  /** The older tool may have written a zone after the date; an extra second includes those. */
  Stream<Release> deployedUpTo(Instant time) {
    return pages(
        newestFirst(ReleaseTable.DEPLOYMENT_INDEX)
            .keyConditionExpression(ReleaseTable.OF_PROJECT_DEPLOYED_UP_TO)
            .expressionAttributeValues(
                Map.of(
                    ":project", Item.ofText(tables.project().value()),
                    ":upTo", Item.ofText(DynamoDates.format(time.plusSeconds(1))))));
  }

  private Stream<Release> pages(QueryRequest.Builder request) {
    Iterator<QueryResponse> pages = tables.pagesOfReleases(request.limit(SEARCH_PAGE).build());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false)
        .flatMap(page -> page.items().stream())
        .map(Item::new)
        .flatMap(item -> readable(item).stream());
  }

  private QueryRequest.Builder newestFirst(String index) {
    return QueryRequest.builder()
        .tableName(tables.releases())
        .indexName(index)
        .keyConditionExpression(ReleaseTable.OF_PROJECT)
        .expressionAttributeValues(Map.of(":project", Item.ofText(tables.project().value())))
        .scanIndexForward(false);
  }

  private Optional<Release> readable(Item item) {
    try {
      return Optional.of(read(item));
    } catch (InvalidValueException e) {
      String reason = reason(item, e);
      if (warned.add(reason)) {
        LOG.warnf(
            "%s: skipped an item of table %s: %s", tables.project(), tables.releases(), reason);
      }
      return Optional.empty();
    }
  }

  private static String reason(Item item, InvalidValueException e) {
    return "release %s: %s"
        .formatted(item.text(ReleaseTable.RELEASE_ID).orElse("without id"), e.getMessage());
  }

  private Release read(Item item) {
    return complete(item, ReleaseItem.read(item));
  }

  private Release complete(Item item, Release release) {
    boolean complete = item.value(ReleaseTable.DEPLOYMENTS_OVERFLOW).isEmpty();
    return complete ? release : withOverflow(release);
  }

  private Release withOverflow(Release release) {
    var deployments = new ArrayList<>(release.deployments());
    tables
        .state()
        .partition(StateTable.overflowPartition(release.id()))
        .forEach(item -> deployments.addAll(overflowed(item, release)));
    return new Release(
        release.id(),
        release.project(),
        release.projectName(),
        release.createdAt(),
        release.lastDeployedAt(),
        release.description(),
        release.requestedBy(),
        release.images(),
        release.manifest(),
        deployments);
  }

  private static List<Deployment> overflowed(Item item, Release release) {
    return item
        .value(StateTable.DEPLOYMENT)
        .flatMap(value -> DeploymentItem.read(value, release.createdAt()))
        .stream()
        .toList();
  }
}
