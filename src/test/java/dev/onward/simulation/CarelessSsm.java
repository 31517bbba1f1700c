package dev.onward.simulation;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** A client for which a page that fails is an empty one, and the last. */
final class CarelessSsm implements SsmClient {
  private final SsmClient real;

  CarelessSsm(SsmClient real) {
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
    try {
      return real.getParametersByPath(request);
    } catch (SdkException e) {
      if (request.nextToken() == null) {
        throw e;
      }
      return GetParametersByPathResponse.builder().parameters(List.of()).build();
    }
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
