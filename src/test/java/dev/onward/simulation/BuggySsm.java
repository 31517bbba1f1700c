package dev.onward.simulation;

import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** A client that passes everything on, for a bug to override what it gets wrong. */
class BuggySsm implements SsmClient {
  private final SsmClient real;

  BuggySsm(SsmClient real) {
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
    return real.getParametersByPath(request);
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
