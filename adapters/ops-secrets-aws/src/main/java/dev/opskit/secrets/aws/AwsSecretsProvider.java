package dev.opskit.secrets.aws;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretFetch;
import dev.opskit.secrets.SecretMetadata;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretValue;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Secrets out of AWS Secrets Manager, by name or ARN, as text or binary. Thread-safe as far as the
 * client is, and AWS's are.
 *
 * <p>The role needs {@code secretsmanager:GetSecretValue} for the secret, and {@code kms:Decrypt}
 * for its key if that is not the account's default one. With {@code secretsmanager:DescribeSecret}
 * a value is sent only when its version has changed, and the date of the next rotation is known.
 * With {@code secretsmanager:BatchGetSecretValue}, which is granted on {@code *}, twenty secrets
 * are read in one call.
 *
 * <p>One call is made for each fetch, for {@code AWSCURRENT}, {@code AWSPENDING} or {@code
 * AWSPREVIOUS}; the version is AWS's version id. What the service and the SDK say of a failure is
 * not repeated but for the error code, the HTTP status and the request id. The SDK holds the answer
 * as a String until it is collected.
 */
public final class AwsSecretsProvider implements SecretProvider, AutoCloseable {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private final SecretsManagerClient client;
  private final boolean isOurs;
  private final BatchFetch batch;

  private AwsSecretsProvider(SecretsManagerClient client, boolean isOurs) {
    this.client = client;
    this.isOurs = isOurs;
    this.batch = new BatchFetch(client, this::fetch);
  }

  /**
   * A provider of the secrets that a client can read.
   *
   * @param client stays the caller's to close; give it an API call timeout well below a minute
   * @return the provider, which need not be closed
   */
  public static AwsSecretsProvider of(SecretsManagerClient client) {
    return new AwsSecretsProvider(Objects.requireNonNull(client, "client"), false);
  }

  /**
   * A provider with a client of its own: region, credentials and HTTP client are found where the
   * SDK looks for them by default, as in the environment, in a web identity token or in a Pod
   * Identity. A call ends after 10 s with all its retries.
   *
   * @return the provider, which the caller closes
   * @throws software.amazon.awssdk.core.exception.SdkClientException if there is no region, or no
   *     HTTP client on the class path; that credentials are missing is seen by the first fetch
   */
  public static AwsSecretsProvider create() {
    return new AwsSecretsProvider(
        SecretsManagerClient.builder()
            .overrideConfiguration(options -> options.apiCallTimeout(CALL_TIMEOUT))
            .build(),
        true);
  }

  @Override
  public SecretValue fetch(SecretRef ref) {
    return AwsAnswers.value(
        ref,
        AwsFailure.guarded(
            ref,
            "GetSecretValue",
            () ->
                client.getSecretValue(
                    request ->
                        request.secretId(ref.id()).versionStage(AwsAnswers.label(ref.stage())))));
  }

  /**
   * {@inheritDoc}
   *
   * @throws SecretException.AccessDenied if the role lacks {@code secretsmanager:DescribeSecret}
   */
  @Override
  public Optional<SecretMetadata> describe(SecretRef ref) {
    return Optional.of(
        AwsAnswers.metadata(
            ref,
            AwsFailure.guarded(
                ref,
                "DescribeSecret",
                () -> client.describeSecret(request -> request.secretId(ref.id())))));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Current versions are read twenty in a call; other stages, and all if the role lacks {@code
   * secretsmanager:BatchGetSecretValue}, one by one.
   */
  @Override
  public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
    return batch.fetch(refs);
  }

  /** Closes the client if it is of {@link #create}. Idempotent. */
  @Override
  public void close() {
    if (isOurs) {
      client.close();
    }
  }
}
