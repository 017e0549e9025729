package dev.opskit.secrets.aws;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretRef;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

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

  private static final Set<String> THROTTLED =
      Set.of(
          "RequestLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "SlowDown",
          "ThrottledException",
          "Throttling",
          "ThrottlingException",
          "TooManyRequestsException");

  private static final int TOO_MANY_REQUESTS = 429;
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,4}");

  private AwsFailure() {}

  /** Makes a call, and of what the SDK throws what we throw. */
  static <T> T guarded(SecretRef ref, String action, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw of(ref, action, e);
    } catch (AbortedException e) {
      // The SDK may have taken the flag.
      Thread.currentThread().interrupt();
      throw new SecretException.Unavailable(ref, "interrupted while Secrets Manager was asked");
    } catch (SdkException notRepeated) {
      throw new SecretException.Unavailable(
          ref, "no answer from Secrets Manager: " + notRepeated.getClass().getSimpleName());
    }
  }

  private static SecretException of(SecretRef ref, String action, AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : harmless(e.awsErrorDetails().errorCode());
    String origin =
        " (%s, HTTP %d, request %s)".formatted(code, e.statusCode(), harmless(e.requestId()));
    if (e.statusCode() == TOO_MANY_REQUESTS || THROTTLED.contains(code)) {
      return new SecretException.Throttled(
          ref, "Secrets Manager has too many calls" + origin, retryAfter(e));
    }
    return of(ref, action, code, origin);
  }

  /** One secret of a batch, which has only a code. */
  static SecretException ofEntry(SecretRef ref, @Nullable String untrusted) {
    String code = harmless(untrusted);
    String origin = " (" + code + " in a batch)";
    return THROTTLED.contains(code)
        ? new SecretException.Throttled(ref, "Secrets Manager has too many calls" + origin)
        : of(ref, "GetSecretValue", code, origin);
  }

  private static SecretException of(SecretRef ref, String action, String code, String origin) {
    if (ABSENT.contains(code)) {
      return new SecretException.NotFound(
          ref, "Secrets Manager has no such secret or stage, or is deleting it" + origin);
    }
    if (DENIED.contains(code)) {
      return new SecretException.AccessDenied(
          ref, "the role may not read it: grant secretsmanager:" + action + origin);
    }
    if (UNDECIPHERABLE.contains(code)) {
      return new SecretException.AccessDenied(
          ref, "its KMS key cannot be used: enable it and grant kms:Decrypt" + origin);
    }
    return new SecretException.Unavailable(ref, "Secrets Manager failed" + origin);
  }

  private static @Nullable Duration retryAfter(AwsServiceException e) {
    if (e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null) {
      return null;
    }
    return e.awsErrorDetails()
        .sdkHttpResponse()
        .firstMatchingHeader("Retry-After")
        .filter(seconds -> SECONDS.matcher(seconds).matches())
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(null);
  }

  private static String harmless(@Nullable String text) {
    return text != null && HARMLESS.matcher(text).matches() ? text : "unknown";
  }
}
