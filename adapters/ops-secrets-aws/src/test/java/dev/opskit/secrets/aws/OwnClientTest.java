package dev.opskit.secrets.aws;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretRef;
import dev.opskit.testkit.secrets.FakeSecretsManager;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK looks into system properties first. */
class OwnClientTest {
  private final FakeSecretsManager aws = FakeSecretsManager.start();
  private final Map<String, String> properties =
      Map.of(
          "aws.region", "eu-west-1",
          "aws.accessKeyId", "test-key",
          "aws.secretAccessKey", "test-secret",
          "aws.endpointUrlSecretsManager", aws.endpoint().toString());

  @BeforeEach
  void configure() {
    properties.forEach(System::setProperty);
  }

  @AfterEach
  void restore() {
    properties.keySet().forEach(System::clearProperty);
    aws.close();
  }

  @Test
  void aClientOfItsOwnIsFoundByTheDefaultChainAndClosedWithTheProvider() {
    aws.put("orders/database", new byte[] {'x'});
    AwsSecretsProvider provider = AwsSecretsProvider.create();
    SecretRef ref = SecretRef.of("orders/database");
    assertTrue(provider.fetch(ref).matches("x"));

    provider.close();
    provider.close();

    assertThrows(RuntimeException.class, () -> provider.fetch(ref));
  }
}
