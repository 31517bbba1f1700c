package dev.onward.local.http;

/** What AWS answers when it has no such operation; here also for those that are left out. */
public final class UnknownOperation {

  private UnknownOperation() {}

  public static AwsException of(String target) {
    return because(
        target.isEmpty()
            ? "The local AWS knows SSM's parameters, DynamoDB and STS; this request names none of"
                + " them"
            : "The local AWS does not know the operation " + target);
  }

  public static AwsException because(String message) {
    return AwsException.badRequest("UnknownOperationException", message);
  }
}
