package dev.onward.local.ssm;

import dev.onward.local.http.AwsException;
import java.util.List;

/** SSM's error codes and messages, all of them here so that they can be held against AWS's. */
final class SsmErrors {

  private SsmErrors() {}

  /** AWS gives this one no message. */
  static AwsException parameterNotFound() {
    return AwsException.badRequest("ParameterNotFound", "");
  }

  static AwsException versionNotFound(String version, String name) {
    return AwsException.badRequest(
        "ParameterVersionNotFound",
        "Systems Manager could not find version %s of %s. Verify the version and try again."
            .formatted(version, name));
  }

  static AwsException alreadyExists() {
    return AwsException.badRequest(
        "ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the"
            + " request to true.");
  }

  static AwsException typeMismatch() {
    return AwsException.badRequest(
        "HierarchyTypeMismatchException",
        "Parameter Store doesn't support changing a parameter type in a hierarchy. For example,"
            + " you can't change a parameter from a String type to a SecureString type. You must"
            + " create a new, unique parameter.");
  }

  static AwsException typeMissing() {
    return AwsException.validation("A parameter type is required when you create a parameter.");
  }

  static AwsException tooManyLevels() {
    return AwsException.badRequest(
        "HierarchyLevelLimitExceededException",
        "A hierarchy can have a maximum of %s levels.".formatted(ParameterName.MAX_LEVELS));
  }

  static AwsException badName() {
    return AwsException.validation(
        "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path,"
            + " it can consist of sub-paths divided by slash symbol; each sub-path can be formed"
            + " as a mix of letters, numbers and the following 3 symbols .-_");
  }

  static AwsException reservedPrefix() {
    return AwsException.validation(
        "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
  }

  static AwsException reservedName(String name) {
    return AwsException.badRequest(
        "AccessDeniedException", "No access to reserved parameter name: %s.".formatted(name));
  }

  static AwsException notFullyQualified() {
    return AwsException.validation("Parameter name must be a fully qualified name.");
  }

  static AwsException trailingSlash() {
    return AwsException.validation("Parameter name must not end with slash.");
  }

  static AwsException nameTooLong() {
    return AwsException.validation(
        "Parameter name: the maximum length is %s characters, including the ARN that precedes it."
            .formatted(ParameterName.MAX_ARN_LENGTH));
  }

  static AwsException badPath() {
    return AwsException.validation(
        "The parameter doesn't meet the parameter name requirements. The parameter name must begin"
            + " with a forward slash \"/\". It can't be prefixed with \\\"aws\\\" or \\\"ssm\\\""
            + " (case-insensitive). It must use only letters, numbers, or the following symbols:"
            + " . (period), - (hyphen), _ (underscore). Special characters are not allowed. All"
            + " sub-paths, if specified, must use the forward slash symbol \"/\". Valid example:"
            + " /get/parameters2-/by1./path0_.");
  }

  static AwsException nestedParameter() {
    return AwsException.validation(
        "Parameter value can't nest another parameter. Do not use \"{{}}\" in the value.");
  }

  static AwsException valueTooLong(Tier tier) {
    return AwsException.validation(
        switch (tier) {
          case STANDARD ->
              "Standard tier parameters support a maximum parameter value of 4096 characters. To"
                  + " create a larger parameter value, upgrade the parameter to use the"
                  + " advanced-parameter tier. For more information, see"
                  + " https://docs.aws.amazon.com/systems-manager/latest/userguide/"
                  + "parameter-store-advanced-parameters.html";
          case ADVANCED ->
              "Advanced tier parameters support a maximum parameter value of 8192 characters.";
        });
  }

  static AwsException noDowngrade() {
    return AwsException.validation(
        "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the"
            + " advanced-parameter tier to the standard-parameter tier. If necessary, you can"
            + " delete the advanced parameter and recreate it as a standard parameter.");
  }

  static AwsException badDataType(String dataType) {
    return AwsException.validation(
        "The following data type is not supported: %s (Data type names are all lowercase.)"
            .formatted(dataType));
  }

  static AwsException badPattern(String pattern) {
    return AwsException.badRequest(
        "InvalidAllowedPatternException", "Invalid allowedPattern: %s".formatted(pattern));
  }

  static AwsException patternMismatch(String pattern) {
    return AwsException.badRequest(
        "ParameterPatternMismatchException",
        "Parameter value, cannot be validated against allowedPattern: %s".formatted(pattern));
  }

  static AwsException tooManyParameters(int quota) {
    return AwsException.badRequest(
        "ParameterLimitExceeded",
        ("You have reached the maximum number of standard parameters for this AWS account and"
                + " Region (%s). To add more parameters, either delete existing parameters or upgrade"
                + " to the advanced-parameter tier (charges apply).")
            .formatted(quota));
  }

  static AwsException oldestVersionLabelled(String name, long oldest) {
    return AwsException.badRequest(
        "ParameterMaxVersionLimitExceeded",
        ("You attempted to create a new version of %s by calling the PutParameter API with the"
                + " overwrite flag. Version %s, the oldest version, can't be deleted because it has a"
                + " label associated with it. Move the label to another version of the parameter, and"
                + " try again.")
            .formatted(name, oldest));
  }

  static AwsException tooManyLabels() {
    return AwsException.badRequest(
        "ParameterVersionLabelLimitExceeded",
        "A parameter version can have maximum 10 labels. Move one or more labels to another"
            + " version and try again.");
  }

  static AwsException badNextToken() {
    return AwsException.badRequest("InvalidNextToken", "The specified token is not valid.");
  }

  static AwsException badFilterKey(String key, List<String> allowed) {
    return AwsException.badRequest(
        "InvalidFilterKey",
        "The following filter key is not valid: %s. Valid filter keys include: [%s]."
            .formatted(key, String.join(", ", allowed)));
  }

  static AwsException duplicateFilter(String key) {
    return AwsException.badRequest(
        "InvalidFilterKey",
        ("The following filter is duplicated in the request: %s. A request can contain only one"
                + " occurrence of a specific filter.")
            .formatted(key));
  }

  static AwsException filterValuesMissing(String key) {
    return AwsException.badRequest(
        "InvalidFilterValue",
        "The following filter values are missing : null for filter key %s.".formatted(key));
  }

  static AwsException badFilterOption(String option, List<String> allowed) {
    return AwsException.badRequest(
        "InvalidFilterOption",
        "The following filter option is not valid: %s. Valid options include: [%s]."
            .formatted(option, String.join(", ", allowed)));
  }

  static AwsException unknownCalendar(String name) {
    return AwsException.badRequest(
        "InvalidDocument", "The document %s does not exist in your account.".formatted(name));
  }
}
