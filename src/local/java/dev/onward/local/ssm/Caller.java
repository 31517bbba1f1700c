package dev.onward.local.ssm;

import dev.onward.local.sts.Identities;

/**
 * Who calls, and in which Region. All Regions and accounts share one set of parameters here; the
 * Region only shows in ARNs.
 *
 * @param arn of the user or assumed role
 */
record Caller(String arn, String region) {

  String parameterArn(ParameterName name) {
    return "arn:aws:ssm:%s:%s:parameter%s".formatted(region, Identities.ACCOUNT, name.key());
  }
}
