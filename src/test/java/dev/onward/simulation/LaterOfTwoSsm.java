package dev.onward.simulation;

import java.util.LinkedHashMap;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** A client that gives of a name that a page has twice the later entry alone. */
final class LaterOfTwoSsm implements SsmClient {
  private final SsmClient real;

  LaterOfTwoSsm(SsmClient real) {
    this.real = real;
  }

  @Override
  public String serviceName() {
    return real.serviceName();
  }

  @Override
  public void close() {}

  @Override
  public GetParametersByPathResponse getParametersByPath(GetParametersByPathRequest request) {
    GetParametersByPathResponse page = real.getParametersByPath(request);
    var latest = new LinkedHashMap<String, Parameter>();
    page.parameters().forEach(it -> latest.put(it.name(), it));
    return page.toBuilder().parameters(latest.values()).build();
  }

  @Override
  public GetParameterHistoryResponse getParameterHistory(GetParameterHistoryRequest request) {
    return real.getParameterHistory(request);
  }

  @Override
  public PutParameterResponse putParameter(PutParameterRequest request) {
    return real.putParameter(request);
  }
}
