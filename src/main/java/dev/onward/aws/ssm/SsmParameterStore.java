package dev.onward.aws.ssm;

import dev.onward.aws.client.AwsCallException;
import dev.onward.aws.client.AwsCalls;
import dev.onward.aws.client.AwsError;
import dev.onward.aws.client.Pagination;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.release.ImageRef;
import dev.onward.store.Failure;
import dev.onward.store.ListedParameter;
import dev.onward.store.ParameterListing;
import dev.onward.store.ParameterStore;
import dev.onward.store.ParameterVersion;
import dev.onward.store.StoreException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * The parameters in AWS Systems Manager Parameter Store.
 *
 * <p>A page may be empty without being the last: only a missing token ends a listing.
 */
public final class SsmParameterStore implements ParameterStore {
  /** SSM's maximum for a listing by path. */
  private static final int LISTING_PAGE = 10;

  /** SSM's maximum for a parameter's history. */
  private static final int HISTORY_PAGE = 50;

  /** An account has 100,000 parameters at most, which is 10,000 pages; pages may be short. */
  private static final int LISTING_PAGES = 20_000;

  /** SSM keeps 100 versions, which is two pages; pages may be short. */
  private static final int HISTORY_PAGES = 200;

  private final SsmClient ssm;
  private final AwsCalls calls;

  public SsmParameterStore(SsmClient ssm, AwsCalls calls) {
    this.ssm = ssm;
    this.calls = calls;
  }

  @Override
  public ParameterListing list(ProjectId project) {
    var found = new TreeMap<String, ListedParameter>();
    var request =
        GetParametersByPathRequest.builder()
            .path(ParameterName.pathOf(project))
            .recursive(true)
            .withDecryption(false)
            .maxResults(LISTING_PAGE)
            .build();
    var paging = new Pagination(request, LISTING_PAGES);
    try {
      GetParametersByPathResponse page = calls.call(request, ssm::getParametersByPath);
      // Of the first page: its parameters may have changed again by the time of the last.
      Optional<Instant> readAt = date(page);
      page.parameters().forEach(parameter -> add(listed(parameter), found));
      while (hasMore(page.nextToken())) {
        paging.follow(page.nextToken());
        request = request.toBuilder().nextToken(page.nextToken()).build();
        page = calls.call(request, ssm::getParametersByPath);
        page.parameters().forEach(parameter -> add(listed(parameter), found));
      }
      return new ParameterListing(List.copyOf(found.values()), readAt);
    } catch (AwsCallException e) {
      throw new StoreException(e.failure(), e);
    }
  }

  @Override
  public List<ParameterVersion> history(ParameterName name) {
    var versions = new ArrayList<ParameterVersion>();
    var request =
        GetParameterHistoryRequest.builder()
            .name(name.path())
            .withDecryption(false)
            .maxResults(HISTORY_PAGE)
            .build();
    var paging = new Pagination(request, HISTORY_PAGES);
    try {
      GetParameterHistoryResponse page = calls.call(request, ssm::getParameterHistory);
      page.parameters().forEach(version -> versions.add(version(version)));
      while (hasMore(page.nextToken())) {
        paging.follow(page.nextToken());
        request = request.toBuilder().nextToken(page.nextToken()).build();
        page = calls.call(request, ssm::getParameterHistory);
        page.parameters().forEach(version -> versions.add(version(version)));
      }
    } catch (AwsCallException e) {
      if (e.error() == AwsError.NOT_FOUND) {
        return List.of();
      }
      throw new StoreException(e.failure(), e);
    }
    return List.copyOf(versions);
  }

  @Override
  public long put(ParameterName name, ImageRef image, String description) {
    var request =
        PutParameterRequest.builder()
            .name(name.path())
            .value(image.value())
            .type(ParameterType.STRING)
            .overwrite(true)
            .description(ParameterDescription.of(description))
            .build();
    try {
      return calls.callOnce(request, ssm::putParameter).version();
    } catch (AwsCallException e) {
      var failure = e.failure();
      throw new StoreException(
          new Failure(failure.kind(), name + ": " + failure.message()),
          e.mayHaveBeenCarriedOut(),
          e);
    }
  }

  /** Pages shift while they are read: a parameter listed twice is kept at its higher version. */
  private static void add(ListedParameter parameter, Map<String, ListedParameter> found) {
    found.merge(
        parameter.name(), parameter, (one, other) -> other.version() > one.version() ? other : one);
  }

  private static boolean hasMore(@Nullable String nextToken) {
    return nextToken != null && !nextToken.isEmpty();
  }

  /** By AWS's clock, truncated to the second. Optional, so its absence never fails a listing. */
  private static Optional<Instant> date(SdkResponse response) {
    try {
      return Optional.ofNullable(response.sdkHttpResponse())
          .flatMap(http -> http.firstMatchingHeader("Date"))
          .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static ListedParameter listed(Parameter parameter) {
    return new ListedParameter(
        parameter.name(),
        parameter.typeAsString(),
        parameter.value(),
        parameter.version(),
        parameter.lastModifiedDate());
  }

  private static ParameterVersion version(ParameterHistory version) {
    return new ParameterVersion(
        version.version(),
        version.value(),
        version.lastModifiedDate(),
        Optional.ofNullable(version.lastModifiedUser()),
        Optional.ofNullable(version.description()).filter(text -> !text.isEmpty()));
  }
}
