package dev.opskit.secrets.aws;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Secrets out of AWS Secrets Manager, by name or ARN, as text or binary. Thread-safe as far as the
 * client is, and AWS's are. The host builds the client, with its region, credentials and timeouts,
 * and closes it.
 *
 * <p>The role needs {@code secretsmanager:GetSecretValue} for the secret, and {@code kms:Decrypt}
 * for its key if that is not the account's default one. One call is made for each fetch, for {@code
 * AWSCURRENT}, {@code AWSPENDING} or {@code AWSPREVIOUS}; the version is AWS's version id. What the
 * service and the SDK say of a failure is not repeated but for the error code, the HTTP status and
 * the request id.
 *
 * <p>It does not ask whether a version has changed before it fetches the value ({@code
 * DescribeSecret}), does not fetch several at once ({@code BatchGetSecretValue}), and does not
 * rotate anything. The SDK holds the answer as a String until it is collected.
 */
public final class AwsSecretsProvider implements SecretProvider {
  private final SecretsManagerClient client;

  private AwsSecretsProvider(SecretsManagerClient client) {
    this.client = client;
  }

  /**
   * A provider of the secrets that a client can read.
   *
   * @param client stays the caller's to close; give it an API call timeout well below a minute
   * @return the provider
   */
  public static AwsSecretsProvider of(SecretsManagerClient client) {
    return new AwsSecretsProvider(Objects.requireNonNull(client, "client"));
  }

  @Override
  public SecretValue fetch(SecretRef ref) {
    GetSecretValueResponse answer;
    try {
      answer =
          client.getSecretValue(
              request -> request.secretId(ref.id()).versionStage(label(ref.stage())));
    } catch (AwsServiceException e) {
      throw AwsFailure.of(ref, e);
    } catch (SdkException notRepeated) {
      throw new SecretException.Unavailable(
          ref, "no answer from Secrets Manager: " + notRepeated.getClass().getSimpleName());
    }
    return value(ref, answer);
  }

  private static String label(SecretStage stage) {
    return "AWS" + stage;
  }

  private static SecretValue value(SecretRef ref, GetSecretValueResponse answer) {
    if (answer.versionId() == null) {
      throw new SecretException.Unavailable(ref, "the answer has no version id");
    }
    if (answer.secretString() != null) {
      byte[] text = answer.secretString().getBytes(StandardCharsets.UTF_8);
      return SecretValue.take(ref, answer.versionId(), text);
    }
    if (answer.secretBinary() != null) {
      return SecretValue.take(ref, answer.versionId(), answer.secretBinary().asByteArray());
    }
    throw new SecretException.Malformed(ref, "has neither text nor binary");
  }
}
