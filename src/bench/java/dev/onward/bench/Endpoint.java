package dev.onward.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The AWS that is measured against. */
interface Endpoint extends AutoCloseable {
  URI address();

  /** The AWS settings with which a process reaches it. */
  Map<String, String> settings();

  /** Puts the images there, as builds do. */
  void publish(Workload.Change change);

  /** What was consumed of DynamoDB so far, where the endpoint tells. */
  Optional<Consumption> consumption();

  /** Lets every answer take this much longer. False if the endpoint takes no such wish. */
  boolean delayAnswers(Duration delay);

  /** For looking and publishing; what it calls is counted nowhere. */
  SsmClient ssm();

  @Override
  void close();
}
