package dev.onward.model;

import java.util.regex.Pattern;

/** The ARN of an IAM role that Onward assumes for one project. */
public record RoleArn(String value) {
  private static final Pattern ALLOWED =
      Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}");

  public RoleArn {
    if (!ALLOWED.matcher(value).matches()) {
      throw new InvalidValueException(
          "role ARN", value, "an ARN such as arn:aws:iam::123456789012:role/release-reader");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
