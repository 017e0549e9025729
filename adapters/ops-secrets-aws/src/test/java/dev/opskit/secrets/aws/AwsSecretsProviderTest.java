package dev.opskit.secrets.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretValue;
import dev.opskit.testkit.secrets.FakeSecretsManager;
import dev.opskit.testkit.secrets.SecretProviderContract;
import dev.opskit.testkit.secrets.SecretsManagerFault;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsSecretsProviderTest implements SecretProviderContract {
  private final FakeSecretsManager aws = FakeSecretsManager.start();
  private final SecretsManagerClient client = Clients.of(aws.endpoint());
  private final AwsSecretsProvider provider = AwsSecretsProvider.of(client);

  @AfterEach
  void everyRequestWasAsTheProtocolWantsIt() {
    client.close();
    aws.close();
  }

  @Override
  public SecretProvider provider() {
    return provider;
  }

  @Override
  public void put(String id, byte[] value) {
    aws.put(id, value);
  }

  @Override
  public void remove(String id) {
    aws.remove(id);
  }

  @Override
  public boolean throttle() {
    aws.next(new SecretsManagerFault.Throttled(null));
    return true;
  }

  @Test
  void eachStageIsAskedForByItsLabel() {
    aws.put("orders/database", utf8("the one before"));
    String current = aws.put("orders/database", utf8("the current one"));
    aws.putPending("orders/database", utf8("the next one"));

    assertTrue(fetch(SecretStage.CURRENT).matches("the current one"));
    assertTrue(fetch(SecretStage.PENDING).matches("the next one"));
    assertTrue(fetch(SecretStage.PREVIOUS).matches("the one before"));
    assertEquals(current, fetch(SecretStage.CURRENT).version());
  }

  @Test
  void binarySecretsComeAsTheirBytes() {
    byte[] binary = {0, (byte) 0xFF, 10, (byte) 0xC3};
    aws.put("orders/database", binary);
    assertArrayEquals(binary, fetch(SecretStage.CURRENT).withBytes(byte[]::clone));
  }

  @Test
  void aSecretThatWaitsForItsDeletionIsNotFound() {
    aws.put("orders/database", utf8("hunter2hunter2"));
    aws.scheduleDeletion("orders/database");
    assertThrows(SecretException.NotFound.class, () -> fetch(SecretStage.CURRENT));
  }

  @Test
  void theClientStaysTheHostsToClose() {
    aws.put("orders/database", utf8("hunter2hunter2"));
    provider.close();
    assertTrue(
        client
            .getSecretValue(r -> r.secretId("orders/database").versionStage("AWSCURRENT"))
            .secretString()
            .equals("hunter2hunter2"));
  }

  private SecretValue fetch(SecretStage stage) {
    return provider.fetch(new SecretRef("orders/database", stage));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
