package dev.opskit.secrets.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretMetadata;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.testkit.secrets.FakeSecretsManager;
import dev.opskit.testkit.secrets.SecretsManagerFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsDescribeTest {
  private static final String ID = "orders/database";

  private final FakeSecretsManager aws = FakeSecretsManager.start();
  private final SecretsManagerClient client = Clients.of(aws.endpoint());
  private final AwsSecretsProvider provider = AwsSecretsProvider.of(client);

  @AfterEach
  void close() {
    client.close();
    aws.close();
  }

  @Test
  void theVersionOfEachStageIsToldWithoutAValue() {
    String before = aws.put(ID, new byte[] {1});
    String current = aws.put(ID, new byte[] {2});
    String pending = aws.putPending(ID, new byte[] {3});

    assertEquals(before, describe(SecretStage.PREVIOUS).version());
    assertEquals(current, describe(SecretStage.CURRENT).version());
    assertEquals(pending, describe(SecretStage.PENDING).version());
    assertTrue(aws.journal().stream().allMatch(call -> call.operation().equals("DescribeSecret")));
  }

  @Test
  void aPromotionIsSeen() {
    String before = aws.put(ID, new byte[] {1});
    String next = aws.putPending(ID, new byte[] {2});
    aws.promote(ID, next);
    assertEquals(next, describe(SecretStage.CURRENT).version());
    assertEquals(before, describe(SecretStage.PREVIOUS).version());
  }

  @Test
  void theDatesOfTheRotationAreToldIfThereAreAny() {
    String version = aws.put(ID, new byte[] {1});
    assertEquals(
        new SecretMetadata(version, Optional.empty(), Optional.empty()),
        describe(SecretStage.CURRENT));
    Instant last = Instant.parse("2026-11-01T02:00:00Z");
    Instant next = Instant.parse("2026-12-01T02:00:00Z");
    aws.rotation(ID, last, next);
    assertEquals(
        new SecretMetadata(version, Optional.of(next), Optional.of(last)),
        describe(SecretStage.CURRENT));
  }

  @Test
  void aSecretThatWaitsForItsDeletionIsNotFoundThoughItIsDescribed() {
    aws.put(ID, new byte[] {1});
    aws.scheduleDeletion(ID);
    assertThrows(SecretException.NotFound.class, () -> describe(SecretStage.CURRENT));
    assertEquals(
        List.of(new FakeSecretsManager.Call("DescribeSecret", List.of(ID), "OK")), aws.journal());
  }

  @Test
  void aDenialNamesTheRightThatIsMissing() {
    aws.put(ID, new byte[] {1});
    aws.deny("DescribeSecret");
    var e = assertThrows(SecretException.AccessDenied.class, () -> describe(SecretStage.CURRENT));
    assertTrue(e.getMessage().contains("grant secretsmanager:DescribeSecret"), e.getMessage());
  }

  @Test
  void outagesAndThrottlingAreToldApart() {
    aws.put(ID, new byte[] {1});
    aws.next(
        new SecretsManagerFault.Error(500, "InternalServiceError"),
        new SecretsManagerFault.Throttled(null));
    assertThrows(SecretException.Unavailable.class, () -> describe(SecretStage.CURRENT));
    assertThrows(SecretException.Throttled.class, () -> describe(SecretStage.CURRENT));
  }

  private SecretMetadata describe(SecretStage stage) {
    return provider.describe(new SecretRef(ID, stage)).orElseThrow();
  }
}
