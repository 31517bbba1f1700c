package dev.onward.aws;

import dev.onward.model.ImageRef;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.reconcile.Failure;
import dev.onward.reconcile.ListedParameter;
import dev.onward.reconcile.ParameterListing;
import dev.onward.reconcile.ParameterStore;
import dev.onward.reconcile.ParameterVersion;
import dev.onward.reconcile.StoreException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * <p>A page may be empty and still not be the last: only a missing token ends a listing.
 */
final class SsmParameterStore implements ParameterStore {
  /** SSM's maximum for a listing by path. */
  private static final int LISTING_PAGE = 10;

  /** SSM's maximum for a parameter's history. */
  private static final int HISTORY_PAGE = 50;

  private final SsmClient ssm;
  private final AwsCalls calls;

  SsmParameterStore(SsmClient ssm, AwsCalls calls) {
    this.ssm = ssm;
    this.calls = calls;
  }

  @Override
  public ParameterListing list(ProjectId project) {
    var found = new ArrayList<ListedParameter>();
    var request =
        GetParametersByPathRequest.builder()
            .path(ParameterName.pathOf(project))
            .recursive(true)
            .withDecryption(false)
            .maxResults(LISTING_PAGE)
            .build();
    try {
      GetParametersByPathResponse page = calls.call(request, ssm::getParametersByPath);
      // Of the first page: what is on it may have changed again by the time of the last.
      Optional<Instant> readAt = date(page);
      page.parameters().forEach(parameter -> found.add(listed(parameter)));
      while (hasMore(page.nextToken())) {
        request = request.toBuilder().nextToken(page.nextToken()).build();
        page = calls.call(request, ssm::getParametersByPath);
        page.parameters().forEach(parameter -> found.add(listed(parameter)));
      }
      return new ParameterListing(found, readAt);
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
    try {
      GetParameterHistoryResponse page;
      do {
        page = calls.call(request, ssm::getParameterHistory);
        page.parameters().forEach(version -> versions.add(version(version)));
        String next = page.nextToken();
        request = request.toBuilder().nextToken(next).build();
      } while (hasMore(page.nextToken()));
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

  private static boolean hasMore(@Nullable String nextToken) {
    return nextToken != null && !nextToken.isEmpty();
  }

  /** By AWS's clock, cut to the second. Without it a listing is as good, so it never fails one. */
  private static Optional<Instant> date(SdkResponse response) {
    try {
      return response
          .sdkHttpResponse()
          .firstMatchingHeader("Date")
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
