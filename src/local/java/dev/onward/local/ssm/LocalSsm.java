package dev.onward.local.ssm;

import dev.onward.local.http.AwsJson;
import dev.onward.local.http.AwsRequest;
import dev.onward.local.http.AwsResponse;
import dev.onward.local.http.AwsService;
import dev.onward.local.http.UnknownOperation;
import dev.onward.local.sts.Identities;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/** The part of SSM that Onward uses and that a person tries by hand. */
public final class LocalSsm implements AwsService, AutoCloseable {

  /** Reads a request of one shape and answers it. */
  private record Operation<I>(Class<I> input, BiFunction<I, Caller, ?> answer) {

    Object handle(String body, Caller caller) {
      return answer.apply(AwsJson.read(body, input), caller);
    }
  }

  private final ParameterTable table;
  private final Identities identities;
  private final PutParameter putParameter;
  private final Calendars calendars = new Calendars();
  private final Map<String, Operation<?>> operations = new HashMap<>();

  private LocalSsm(ParameterTable table, SsmOptions options, Identities identities) {
    this.table = table;
    this.identities = identities;
    this.putParameter = new PutParameter(table, options.clock(), options.standardParameterQuota());
    IntUnaryOperator pageSizes =
        options.unevenPages().isPresent()
            ? PageSizes.uneven(options.unevenPages().getAsLong())
            : PageSizes.full();

    var getParameter = new GetParameter(table);
    var getParameters = new GetParameters(table);
    var getParametersByPath = new GetParametersByPath(table, pageSizes);
    var getParameterHistory = new GetParameterHistory(table);
    var describeParameters = new DescribeParameters(table, pageSizes);
    var deleteParameters = new DeleteParameters(table);
    var labelParameterVersion = new LabelParameterVersion(table);
    var getCalendarState = new GetCalendarState(calendars, options.clock());

    on("PutParameter", PutParameter.Request.class, putParameter::apply);
    on("GetParameter", GetParameter.Request.class, getParameter::apply);
    on("GetParameters", GetParameters.Request.class, getParameters::apply);
    on("GetParametersByPath", GetParametersByPath.Request.class, getParametersByPath::apply);
    on("GetParameterHistory", GetParameterHistory.Request.class, getParameterHistory::apply);
    on("DescribeParameters", DescribeParameters.Request.class, describeParameters::apply);
    on("DeleteParameter", DeleteParameters.OneRequest.class, deleteParameters::applyToOne);
    on("DeleteParameters", DeleteParameters.Request.class, deleteParameters::apply);
    on("LabelParameterVersion", LabelParameterVersion.Request.class, labelParameterVersion::apply);
    on("GetCalendarState", GetCalendarState.Request.class, getCalendarState::apply);
    noTags("AddTagsToResource");
    noTags("RemoveTagsFromResource");
    noTags("ListTagsForResource");
  }

  /**
   * With what was kept in the data directory, if there is one.
   *
   * @throws IOException when the data directory cannot be used
   */
  public static LocalSsm open(SsmOptions options, Identities identities) throws IOException {
    ParameterTable table =
        options.dataDirectory().isPresent()
            ? ParameterTable.journalled(options.dataDirectory().get())
            : ParameterTable.inMemory();
    return new LocalSsm(table, options, identities);
  }

  private <I> void on(String operation, Class<I> input, Function<I, ?> answer) {
    on(operation, input, (request, caller) -> answer.apply(request));
  }

  private <I> void on(String operation, Class<I> input, BiFunction<I, Caller, ?> answer) {
    operations.put(operation, new Operation<>(input, answer));
  }

  private void noTags(String operation) {
    operations.put(
        operation,
        new Operation<>(
            Map.class,
            (request, caller) -> {
              throw UnknownOperation.because(
                  "The local SSM keeps no tags: %s is not supported.".formatted(operation));
            }));
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    Operation<?> operation =
        Optional.<Operation<?>>ofNullable(operations.get(request.operation()))
            .orElseThrow(() -> UnknownOperation.of(request.target()));
    String arn = identities.of(request.credential().accessKeyId()).arn();
    Caller caller = new Caller(arn, request.credential().region());
    return AwsJson.ok(operation.handle(request.body(), caller));
  }

  /**
   * Writes a String parameter, new or not, without a call over the network: for seeding.
   *
   * @param user the name of who is to be seen as its writer
   * @return its new version
   */
  public long putParameter(String name, String value, String description, String user) {
    var request = PutParameter.Request.ofString(name, value, description);
    Caller caller = new Caller(Identities.userArn(user), "eu-west-1");
    return putParameter.apply(request, caller).version();
  }

  public boolean isEmpty() {
    return table.isEmpty();
  }

  public Calendars calendars() {
    return calendars;
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
