package dev.onward.local.ssm;

import dev.onward.local.http.AwsException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Lists parameters without their values, by any filters, fifty at most at a time. */
final class DescribeParameters {

  record Request(
      Optional<List<OldFilter>> filters,
      Optional<List<ParameterFilters.Shape>> parameterFilters,
      Optional<Integer> maxResults,
      Optional<String> nextToken) {}

  /** SSM's deprecated {@code ParametersFilter}, which some tools still send. */
  record OldFilter(Optional<String> key, Optional<List<String>> values) {

    private ParameterFilters.Shape asFilter() {
      boolean name = key.equals(Optional.of("Name"));
      return new ParameterFilters.Shape(key, Optional.of(name ? "BeginsWith" : "Equals"), values);
    }
  }

  record Response(List<ParameterMetadata> parameters, Optional<String> nextToken) {}

  private static final int MAX_RESULTS = 50;

  private final ParameterTable table;
  private final IntUnaryOperator pageSizes;

  DescribeParameters(ParameterTable table, IntUnaryOperator pageSizes) {
    this.table = table;
    this.pageSizes = pageSizes;
  }

  Response apply(Request request, Caller caller) {
    new Constraints().range("maxResults", request.maxResults(), 1, MAX_RESULTS).check();
    ParameterFilters filters =
        ParameterFilters.parse(filterShapes(request), ParameterFilters.FOR_DESCRIBE);
    Listing.Page page =
        new Listing("DescribeParameters", filters.range(), filters)
            .page(
                table,
                request.nextToken(),
                pageSizes.applyAsInt(request.maxResults().orElse(MAX_RESULTS)));
    return new Response(
        page.parameters().stream().map(found -> ParameterMetadata.of(found, caller)).toList(),
        page.nextToken());
  }

  private static List<ParameterFilters.Shape> filterShapes(Request request) {
    List<OldFilter> old = request.filters().orElse(List.of());
    List<ParameterFilters.Shape> current = request.parameterFilters().orElse(List.of());
    if (!old.isEmpty() && !current.isEmpty()) {
      throw AwsException.validation(
          "You can use either Filters or ParameterFilters in a single request.");
    }
    return old.isEmpty() ? current : old.stream().map(OldFilter::asFilter).toList();
  }
}
