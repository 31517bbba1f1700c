package dev.onward.local.dynamodb;

import dev.onward.local.http.AwsException;
import dev.onward.local.http.AwsRequest;
import dev.onward.local.http.AwsResponse;
import dev.onward.local.http.AwsService;
import dev.onward.local.sts.Identities;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Passes DynamoDB's calls on to DynamoDB Local. */
public final class LocalDynamoDb implements AwsService, AutoCloseable {

  /** DynamoDB Local looks at the header's form only, but refuses keys that IAM could not issue. */
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=local/20200101/eu-west-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private final DynamoDbServer server;
  private final Identities identities;
  private final ConsumedCapacity consumed = new ConsumedCapacity();
  private volatile boolean counting;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LocalDynamoDb(DynamoDbServer server, Identities identities) {
    this.server = server;
    this.identities = identities;
  }

  /**
   * Starts DynamoDB Local in this process.
   *
   * @param directory where tables survive a restart; without it they live in memory
   * @throws IOException when it does not start
   */
  public static LocalDynamoDb start(Optional<Path> directory, Identities identities)
      throws IOException {
    return new LocalDynamoDb(DynamoDbServer.start(directory), identities);
  }

  /** From now on the capacity that calls consume is added up, which costs each some time. */
  public void countCapacity() {
    counting = true;
  }

  /** The units that the calls of each operation consumed: {@code Query} → 12.5. */
  public Map<String, Double> capacity() {
    return consumed.snapshot();
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    identities.of(request.credential().accessKeyId());
    if (!counting) {
      return forward(request, request.body());
    }
    AwsResponse answer = forward(request, consumed.asking(request.operation(), request.body()));
    consumed.add(request.operation(), answer.body());
    return answer;
  }

  private AwsResponse forward(AwsRequest request, String body) {
    HttpRequest forwarded =
        HttpRequest.newBuilder(server.endpoint())
            .header("X-Amz-Target", request.target())
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("Authorization", AUTHORIZATION)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return answer(client.send(forwarded, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static AwsResponse answer(HttpResponse<String> response) {
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .firstValue("x-amz-crc32")
        .ifPresent(checksum -> headers.put("x-amz-crc32", checksum));
    String contentType =
        response.headers().firstValue("Content-Type").orElse("application/x-amz-json-1.0");
    return new AwsResponse(response.statusCode(), contentType, headers, response.body());
  }

  private static AwsException unavailable(Exception cause) {
    return new AwsException("InternalServerError", "DynamoDB Local does not answer: " + cause, 500);
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
