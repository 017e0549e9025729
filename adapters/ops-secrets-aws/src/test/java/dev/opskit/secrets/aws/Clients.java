package dev.opskit.secrets.aws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Real clients that need nothing of the environment and do not try again. */
final class Clients {
  private Clients() {}

  static SecretsManagerClient of(URI endpoint) {
    return of(endpoint, Duration.ofSeconds(20));
  }

  static SecretsManagerClient of(URI endpoint, Duration timeout) {
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
            options ->
                options.apiCallTimeout(timeout).retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }
}
