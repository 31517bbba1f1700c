package dev.onward.local;

import java.net.URI;

/** What a newcomer reads first: where everything is, and how to publish an image. */
final class Banner {

  private static final String IMAGE =
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/uk.ac.wellcome/archivist:fedcba9";

  private Banner() {}

  /**
   * The text.
   *
   * @param onward where Onward itself listens
   * @param management where it serves health and metrics
   */
  static String of(URI localAws, URI onward, URI management) {
    return """


      The board   {onward}/      open this one

      Local AWS   {aws}   (SSM Parameter Store, DynamoDB, STS; any credentials)
      API         {onward}/q/swagger-ui/
      Metrics     {management}/q/metrics
      Health      {management}/q/health

      Publish an image on the board and watch it flow; or, as a build does, with the AWS CLI:

        AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=eu-west-1 \\
        aws --endpoint-url {aws} ssm put-parameter --overwrite --type String \\
          --name /storage/images/latest/archivist \\
          --value {image}

      or with curl:

        curl {aws} -H 'X-Amz-Target: AmazonSSM.PutParameter' \\
          -H 'Content-Type: application/x-amz-json-1.1' \\
          -d '{"Name": "/storage/images/latest/archivist", "Type": "String", "Overwrite": true,
               "Value": "{image}"}'
    """
        .replace("{aws}", localAws.toString())
        .replace("{onward}", onward.toString())
        .replace("{management}", management.toString())
        .replace("{image}", IMAGE);
  }
}
