package dev.onward.simulation;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** The SDK's client, of a model at the other end of a wire. */
final class SsmModelClient implements SsmClient {
  static final String USER = "arn:aws:sts::123456789012:assumed-role/onward/pod";

  private final SsmModel model;
  private final Wire wire;

  SsmModelClient(SsmModel model, Wire wire) {
    this.model = model;
    this.wire = wire;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public GetParametersByPathResponse getParametersByPath(GetParametersByPathRequest request) {
    Optional<String> after = Optional.ofNullable(request.nextToken());
    return wire.call(
        new Wire.Call(
            Wire.Operation.LIST,
            () -> after.map(it -> "after " + it).orElse(""),
            after.isPresent()),
        () -> {
          var page = model.list(request.path(), request.maxResults(), after);
          var answer = GetParametersByPathResponse.builder();
          answer.parameters(page.parameters().stream().map(SsmModelClient::parameter).toList());
          page.next().ifPresent(answer::nextToken);
          return dated(answer, page.date());
        });
  }

  @Override
  public GetParameterHistoryResponse getParameterHistory(GetParameterHistoryRequest request) {
    int from = Optional.ofNullable(request.nextToken()).map(Integer::parseInt).orElse(0);
    return wire.call(
        new Wire.Call(Wire.Operation.HISTORY, request::name),
        () -> {
          var versions = model.history(request.name());
          if (versions.isEmpty()) {
            throw AwsAnswers.noSuchParameter();
          }
          int to = Math.min(versions.size(), from + request.maxResults());
          var answer = GetParameterHistoryResponse.builder();
          answer.parameters(
              versions.subList(Math.min(from, to), to).stream()
                  .map(SsmModelClient::history)
                  .toList());
          if (to < versions.size()) {
            answer.nextToken(Integer.toString(to));
          }
          return answer.build();
        });
  }

  @Override
  public PutParameterResponse putParameter(PutParameterRequest request) {
    return wire.call(
        new Wire.Call(Wire.Operation.PUT, () -> request.name() + " = " + request.value()),
        () -> {
          long version =
              model.put(
                  request.name(),
                  request.value(),
                  USER,
                  Optional.ofNullable(request.description()));
          return PutParameterResponse.builder().version(version).build();
        });
  }

  private static Parameter parameter(SsmModel.Seen seen) {
    return Parameter.builder()
        .name(seen.name())
        .type(seen.version().type())
        .value(seen.version().value())
        .version(seen.version().number())
        .lastModifiedDate(seen.version().date())
        .build();
  }

  private static ParameterHistory history(SsmModel.Version version) {
    var history =
        ParameterHistory.builder()
            .version(version.number())
            .value(version.value())
            .lastModifiedDate(version.date())
            .lastModifiedUser(version.user());
    version.description().ifPresent(history::description);
    return history.build();
  }

  private static GetParametersByPathResponse dated(SdkResponse.Builder answer, String date) {
    var http = SdkHttpResponse.builder().statusCode(200).putHeader("Date", List.of(date)).build();
    return (GetParametersByPathResponse) answer.sdkHttpResponse(http).build();
  }
}
