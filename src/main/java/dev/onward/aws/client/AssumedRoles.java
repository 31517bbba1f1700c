package dev.onward.aws.client;

import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The credentials of assumed roles. A role's credentials are renewed by the call that first finds
 * them close to expiry, without a background thread: one for each of many roles would be expensive,
 * and save a single call a few milliseconds an hour.
 */
public final class AssumedRoles implements AutoCloseable {
  private static final int SESSION_NAME_LENGTH = 64;

  private final Supplier<AwsServiceClientConfiguration> base;
  private final ExecutionInterceptor recorder;
  private @Nullable StsClient sts;

  /**
   * @param base supplies the Region and time-outs for STS; evaluated lazily, since it fails without
   *     a Region. The endpoint is the standard one, or {@code AWS_ENDPOINT_URL}.
   */
  public AssumedRoles(Supplier<AwsServiceClientConfiguration> base, ExecutionInterceptor recorder) {
    this.base = base;
    this.recorder = recorder;
  }

  public CallCredentials of(RoleArn role, ProjectId project) {
    return CallCredentials.of(() -> provider(role, project));
  }

  private AwsCredentialsProvider provider(RoleArn role, ProjectId project) {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts())
        .asyncCredentialUpdateEnabled(false)
        .refreshRequest(
            request -> request.roleArn(role.value()).roleSessionName(sessionName(project)))
        .build();
  }

  /**
   * Shows in CloudTrail which project a call was made for. A project id has only permitted
   * characters.
   */
  private static String sessionName(ProjectId project) {
    String name = "onward-" + project;
    return name.substring(0, Math.min(name.length(), SESSION_NAME_LENGTH));
  }

  private synchronized StsClient sts() {
    if (sts == null) {
      AwsServiceClientConfiguration like = base.get();
      sts =
          StsClient.builder()
              .region(like.region())
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .overrideConfiguration(overrides(like.overrideConfiguration()))
              .build();
    }
    return sts;
  }

  private ClientOverrideConfiguration overrides(ClientOverrideConfiguration like) {
    var overrides =
        ClientOverrideConfiguration.builder()
            .retryStrategy(DefaultRetryStrategy.doNotRetry())
            .addExecutionInterceptor(recorder)
            .addExecutionInterceptor(ResponseValidator.INTERCEPTOR);
    like.apiCallTimeout().ifPresent(overrides::apiCallTimeout);
    like.apiCallAttemptTimeout().ifPresent(overrides::apiCallAttemptTimeout);
    return overrides.build();
  }

  @Override
  public synchronized void close() {
    Optional.ofNullable(sts).ifPresent(StsClient::close);
  }
}
