package dev.opskit.secrets.aws;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretValue;
import dev.opskit.testkit.secrets.SecretProviderContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * A second opinion by a server that is not ours; optional, as it comes from no Maven repository.
 */
@EnabledIf("isInstalled")
class MotoContractTest implements SecretProviderContract {
  private static MotoServer server;
  private static SecretsManagerClient client;

  static boolean isInstalled() {
    return MotoServer.command().isPresent();
  }

  @BeforeAll
  static void start() throws IOException {
    server = MotoServer.start(MotoServer.command().orElseThrow());
    client = Clients.of(server.endpoint());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      client.close();
    }
  }

  @AfterEach
  void removeAll() {
    client
        .listSecrets(r -> r.maxResults(100))
        .secretList()
        .forEach(secret -> remove(secret.name()));
  }

  @Override
  public SecretProvider provider() {
    return AwsSecretsProvider.of(client);
  }

  @Override
  public void put(String id, byte[] value) {
    var put = PutSecretValueRequest.builder().secretId(id);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      put.secretString(text);
    } catch (CharacterCodingException notText) {
      put.secretBinary(SdkBytes.fromByteArray(value));
    }
    try {
      client.putSecretValue(put.build());
    } catch (ResourceNotFoundException e) {
      client.createSecret(r -> r.name(id));
      client.putSecretValue(put.build());
    }
  }

  @Override
  public void remove(String id) {
    client.deleteSecret(r -> r.secretId(id).forceDeleteWithoutRecovery(true));
  }

  @Test
  void aRotationIsSeenStageByStage() {
    put("orders/database", utf8("the one before"));
    String next =
        client
            .putSecretValue(
                r ->
                    r.secretId("orders/database")
                        .secretString("the next one")
                        .versionStages("AWSPENDING"))
            .versionId();
    String before = fetch(SecretStage.CURRENT).version();
    assertTrue(fetch(SecretStage.CURRENT).matches("the one before"));
    assertTrue(fetch(SecretStage.PENDING).matches("the next one"));

    client.updateSecretVersionStage(
        r ->
            r.secretId("orders/database")
                .versionStage("AWSCURRENT")
                .moveToVersionId(next)
                .removeFromVersionId(before));

    assertTrue(fetch(SecretStage.CURRENT).matches("the next one"));
    assertTrue(fetch(SecretStage.PREVIOUS).matches("the one before"));
  }

  @Test
  void aSecretThatWaitsForItsDeletionIsNotFound() {
    put("orders/database", utf8("hunter2hunter2"));
    client.deleteSecret(r -> r.secretId("orders/database").recoveryWindowInDays(7L));
    assertThrows(SecretException.NotFound.class, () -> fetch(SecretStage.CURRENT));
    client.restoreSecret(r -> r.secretId("orders/database"));
    assertTrue(fetch(SecretStage.CURRENT).matches("hunter2hunter2"));
  }

  private SecretValue fetch(SecretStage stage) {
    return provider().fetch(new SecretRef("orders/database", stage));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
