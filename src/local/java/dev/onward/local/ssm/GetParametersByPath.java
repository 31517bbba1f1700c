package dev.onward.local.ssm;

import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Lists parameters with their values below a level of the hierarchy, ten at most at a time. */
final class GetParametersByPath {

  record Request(
      Optional<String> path,
      Optional<Boolean> recursive,
      Optional<List<ParameterFilters.Shape>> parameterFilters,
      Optional<Boolean> withDecryption,
      Optional<Integer> maxResults,
      Optional<String> nextToken) {}

  record Response(List<ParameterShape> parameters, Optional<String> nextToken) {}

  private static final int MAX_RESULTS = 10;

  private final ParameterTable table;
  private final IntUnaryOperator pageSizes;

  GetParametersByPath(ParameterTable table, IntUnaryOperator pageSizes) {
    this.table = table;
    this.pageSizes = pageSizes;
  }

  Response apply(Request request, Caller caller) {
    new Constraints()
        .required("path", request.path())
        .length("path", request.path(), 1, 2048)
        .range("maxResults", request.maxResults(), 1, MAX_RESULTS)
        .check();
    ListingRange range =
        ParameterPath.parse(request.path().orElseThrow()).range(request.recursive().orElse(false));
    ParameterFilters filters =
        ParameterFilters.parse(
            request.parameterFilters().orElse(List.of()), ParameterFilters.FOR_PATH);
    Listing.Page page =
        new Listing("GetParametersByPath", range, filters)
            .page(
                table,
                request.nextToken(),
                pageSizes.applyAsInt(request.maxResults().orElse(MAX_RESULTS)));
    boolean decrypted = request.withDecryption().orElse(false);
    return new Response(
        page.parameters().stream()
            .map(found -> ParameterShape.of(found, found.latest(), decrypted, caller))
            .toList(),
        page.nextToken());
  }
}
