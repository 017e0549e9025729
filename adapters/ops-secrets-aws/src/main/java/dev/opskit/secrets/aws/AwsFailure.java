package dev.opskit.secrets.aws;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretRef;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Tells by AWS's error code whether trying later helps. */
final class AwsFailure {
  private static final Set<String> ABSENT =
      Set.of(
          "ResourceNotFoundException",
          // The secret waits for its deletion, or has no value yet.
          "InvalidRequestException",
          // The id is none.
          "InvalidParameterException",
          "ValidationException");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private static final Set<String> UNDECIPHERABLE =
      Set.of("DecryptionFailure", "DecryptionFailureException");

  /** What a server may put into our messages. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9.-]{1,64}");

  private AwsFailure() {}

  static SecretException of(SecretRef ref, AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : harmless(e.awsErrorDetails().errorCode());
    String origin =
        " (%s, HTTP %d, request %s)".formatted(code, e.statusCode(), harmless(e.requestId()));
    if (ABSENT.contains(code)) {
      return new SecretException.NotFound(
          ref, "Secrets Manager has no such secret or stage, or is deleting it" + origin);
    }
    if (DENIED.contains(code)) {
      return new SecretException.AccessDenied(
          ref, "the role may not read it: grant secretsmanager:GetSecretValue" + origin);
    }
    if (UNDECIPHERABLE.contains(code)) {
      return new SecretException.AccessDenied(
          ref, "its KMS key cannot be used: enable it and grant kms:Decrypt" + origin);
    }
    return new SecretException.Unavailable(ref, "Secrets Manager failed" + origin);
  }

  private static String harmless(@Nullable String text) {
    return text != null && HARMLESS.matcher(text).matches() ? text : "unknown";
  }
}
