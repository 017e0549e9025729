package dev.opskit.backup.s3;

import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupUnavailableException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tells what can never succeed as it is from what may succeed later. */
final class S3Failures {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int NOT_IMPLEMENTED = 501;

  /** Requests that S3 calls bad although the next of the kind may be good. */
  private static final Set<String> PASSING =
      Set.of(
          "RequestTimeout",
          "ExpiredToken",
          "BadDigest",
          "XAmzContentSHA256Mismatch",
          "IncompleteBody");

  private S3Failures() {}

  static boolean isTaken(S3Exception e) {
    return e.statusCode() == PRECONDITION_FAILED;
  }

  static boolean isForbidden(S3Exception e) {
    return e.statusCode() == FORBIDDEN;
  }

  static boolean isBadRequest(S3Exception e) {
    return e.statusCode() == BAD_REQUEST;
  }

  static boolean isConflict(S3Exception e) {
    return e.statusCode() == CONFLICT && code(e).equals("ConditionalRequestConflict");
  }

  static BackupException of(String what, SdkException e) {
    String message = what + " failed: " + e.getMessage();
    return e instanceof S3Exception answer && isFinal(answer)
        ? new BackupRefusedException(message, e)
        : new BackupUnavailableException(message, e);
  }

  private static boolean isFinal(S3Exception e) {
    int status = e.statusCode();
    if (status == NOT_IMPLEMENTED) {
      return true;
    }
    return status >= 300
        && status < 500
        && status != CONFLICT
        && status != TOO_MANY_REQUESTS
        && !PASSING.contains(code(e));
  }

  private static String code(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
