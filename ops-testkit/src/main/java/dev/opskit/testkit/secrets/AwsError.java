package dev.opskit.testkit.secrets;

/** An answer of Secrets Manager that is none: its code and what it says. */
final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  AwsError(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static AwsError notFound(String message) {
    return new AwsError(400, "ResourceNotFoundException", message);
  }

  static AwsError parameter(String message) {
    return new AwsError(400, "InvalidParameterException", message);
  }

  static AwsError request(String message) {
    return new AwsError(400, "InvalidRequestException", message);
  }

  static AwsError unknown() {
    return new AwsError(400, "UnknownOperationException", "refused by the fake");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
