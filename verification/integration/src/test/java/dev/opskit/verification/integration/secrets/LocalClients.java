package dev.opskit.verification.integration.secrets;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Clients of a Secrets Manager on loopback that need nothing of the environment. */
final class LocalClients {
  private LocalClients() {}

  static SecretsManagerClient of(URI endpoint) {
    return of(endpoint, DefaultRetryStrategy.standardStrategyBuilder().build());
  }

  static SecretsManagerClient withoutRetries(URI endpoint) {
    return of(endpoint, DefaultRetryStrategy.doNotRetry());
  }

  private static SecretsManagerClient of(URI endpoint, RetryStrategy retries) {
    ProxyConfiguration noProxy =
        ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariablesValues(false)
            .build();
    return SecretsManagerClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test-key", "test-secret")))
        .httpClientBuilder(UrlConnectionHttpClient.builder().proxyConfiguration(noProxy))
        .overrideConfiguration(
            options -> options.apiCallTimeout(Duration.ofSeconds(20)).retryStrategy(retries))
        .build();
  }
}
