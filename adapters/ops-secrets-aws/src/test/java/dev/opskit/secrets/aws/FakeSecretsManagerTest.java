package dev.opskit.secrets.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.testkit.secrets.FakeSecretsManager;
import dev.opskit.testkit.secrets.SecretsManagerFault;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The fake beside the SDK's own client, which is the one that it must convince. */
class FakeSecretsManagerTest {
  private static final String ID = "orders/database";

  private final ManualTimeSource time = new ManualTimeSource();
  private final FakeSecretsManager aws = FakeSecretsManager.start(time);
  private final SecretsManagerClient client = Clients.of(aws.endpoint());

  @AfterEach
  void close() {
    client.close();
    aws.close();
  }

  @Test
  void aRotationMovesTheLabelsAsTheServiceDoes() {
    String one = client.createSecret(r -> r.name(ID).secretString("one")).versionId();
    String two =
        client
            .putSecretValue(r -> r.secretId(ID).secretString("two").versionStages("AWSPENDING"))
            .versionId();
    assertEquals("one", current());

    client.updateSecretVersionStage(
        r ->
            r.secretId(ID)
                .versionStage("AWSCURRENT")
                .moveToVersionId(two)
                .removeFromVersionId(one));

    assertEquals("two", current());
    var stages = client.describeSecret(r -> r.secretId(ID)).versionIdsToStages();
    assertEquals(List.of("AWSPREVIOUS"), stages.get(one));
    assertTrue(stages.get(two).contains("AWSCURRENT"));
    assertEquals("one", client.getSecretValue(r -> r.secretId(ID).versionId(one)).secretString());
  }

  @Test
  void aVersionThatNoLabelHoldsIsNotTold() {
    for (String value : List.of("one", "two", "three")) {
      aws.put(ID, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertEquals(2, client.describeSecret(r -> r.secretId(ID)).versionIdsToStages().size());
  }

  @Test
  void whatTheServiceRefusesIsRefusedWithItsCode() {
    String one = aws.put(ID, new byte[] {'1'});
    String two = aws.putPending(ID, new byte[] {'2'});

    assertEquals("ResourceExistsException", code(() -> client.createSecret(r -> r.name(ID))));
    assertEquals(
        "ResourceNotFoundException", code(() -> client.getSecretValue(r -> r.secretId("b"))));
    assertEquals(
        "ResourceNotFoundException",
        code(() -> client.getSecretValue(r -> r.secretId(ID).versionStage("AWSPREVIOUS"))));
    assertEquals(
        "InvalidRequestException",
        code(
            () ->
                client.getSecretValue(
                    r -> r.secretId(ID).versionId(one).versionStage("AWSPENDING"))));
    assertEquals(
        "InvalidParameterException",
        code(
            () ->
                client.updateSecretVersionStage(
                    r -> r.secretId(ID).versionStage("AWSCURRENT").moveToVersionId(two))));
    assertEquals(
        "InvalidParameterException",
        code(
            () ->
                client.updateSecretVersionStage(
                    r -> r.secretId(ID).versionStage("AWSCURRENT").removeFromVersionId(one))));
    assertEquals("InvalidRequestException", code(() -> client.putSecretValue(r -> r.secretId(ID))));
    assertEquals(
        "InvalidParameterException",
        code(() -> client.deleteSecret(r -> r.secretId(ID).recoveryWindowInDays(6L))));
    assertEquals(
        "ValidationException",
        code(
            () ->
                client.batchGetSecretValue(
                    r -> r.secretIdList(java.util.Collections.nCopies(21, ID)))));
  }

  @Test
  void aTokenMakesAPutHappenOnce() {
    aws.put(ID, new byte[] {'1'});
    String token = "11111111-1111-4111-8111-111111111111";
    for (int i = 0; i < 2; i++) {
      client.putSecretValue(r -> r.secretId(ID).secretString("same").clientRequestToken(token));
    }
    assertEquals(
        "ResourceExistsException",
        code(
            () ->
                client.putSecretValue(
                    r -> r.secretId(ID).secretString("other").clientRequestToken(token))));
    assertEquals("same", current());
  }

  @Test
  void deletionHasAWindowInWhichASecretComesBack() {
    aws.put(ID, new byte[] {'1'});
    client.deleteSecret(r -> r.secretId(ID).recoveryWindowInDays(7L));
    assertEquals("InvalidRequestException", code(this::current));
    assertEquals("InvalidRequestException", code(() -> client.createSecret(r -> r.name(ID))));
    assertEquals(
        time.now().plus(java.time.Duration.ofDays(7)),
        client.describeSecret(r -> r.secretId(ID)).deletedDate());
    client.restoreSecret(r -> r.secretId(ID));
    assertEquals("1", current());
    client.deleteSecret(r -> r.secretId(ID).forceDeleteWithoutRecovery(true));
    assertEquals("ResourceNotFoundException", code(this::current));
  }

  @Test
  void binaryGoesThereAndBack() {
    byte[] binary = {0, -1, 10};
    client.createSecret(r -> r.name(ID).secretBinary(SdkBytes.fromByteArray(binary)));
    var answer = client.getSecretValue(r -> r.secretId(ID));
    assertEquals(SdkBytes.fromByteArray(binary), answer.secretBinary());
    assertEquals(null, answer.secretString());
  }

  @Test
  void whatItDoesNotKnowFailsTheTestThatAskedIt() {
    assertThrows(AwsServiceException.class, () -> client.listSecrets(r -> r.maxResults(1)));
    assertThrows(
        AwsServiceException.class, () -> client.createSecret(r -> r.name(ID).kmsKeyId("key")));
    AssertionError e = assertThrows(AssertionError.class, aws::close);
    assertTrue(e.getMessage().contains("ListSecrets"), e.getMessage());
    assertTrue(e.getMessage().contains("KmsKeyId"), e.getMessage());
  }

  @Test
  void aCallThatIsHeldIsInTheJournalAndGetsItsAnswerWhenItIsLetGo() throws Exception {
    aws.put(ID, new byte[] {'1'});
    CountDownLatch released = new CountDownLatch(1);
    aws.next(new SecretsManagerFault.Held(released));
    CompletableFuture<String> held = CompletableFuture.supplyAsync(this::current);
    while (aws.journal().isEmpty()) {
      Thread.onSpinWait();
    }
    assertFalse(held.isDone());
    assertEquals("1", current());
    released.countDown();
    assertEquals("1", held.get(60, TimeUnit.SECONDS));
  }

  @Test
  void faultsAreForOneCallOrForAllOfAnOperationOrForAll() {
    aws.put(ID, new byte[] {'1'});
    aws.always("DescribeSecret", new SecretsManagerFault.Error(500, "InternalServiceError"));
    aws.next(new SecretsManagerFault.Error(400, "DecryptionFailure"));
    assertEquals("DecryptionFailure", code(this::current));
    assertEquals("1", current());
    assertEquals("InternalServiceError", code(() -> client.describeSecret(r -> r.secretId(ID))));
    aws.always(new SecretsManagerFault.Throttled(null));
    assertEquals("ThrottlingException", code(this::current));
    aws.heal();
    assertEquals("1", current());
    assertEquals(
        List.of("DecryptionFailure", "OK", "InternalServiceError", "ThrottlingException", "OK"),
        aws.journal().stream().map(FakeSecretsManager.Call::answer).toList());
  }

  @Test
  void aWriteThatIsThrottledDoesNotTakeEffectAndOneThatIsCutDoes() {
    aws.put(ID, new byte[] {'1'});
    aws.next(new SecretsManagerFault.Throttled(null), new SecretsManagerFault.Cut(-1));
    assertThrows(RuntimeException.class, () -> put("2"));
    assertThrows(RuntimeException.class, () -> put("3"));
    assertEquals("3", current());
    assertEquals(
        "1", client.getSecretValue(r -> r.secretId(ID).versionStage("AWSPREVIOUS")).secretString());
  }

  private void put(String value) {
    client.putSecretValue(r -> r.secretId(ID).secretString(value));
  }

  private String current() {
    return client.getSecretValue(r -> r.secretId(ID)).secretString();
  }

  private static String code(Supplier<?> call) {
    AwsServiceException e = assertThrows(AwsServiceException.class, call::get);
    assertEquals(
        400 + (e.awsErrorDetails().errorCode().startsWith("Internal") ? 100 : 0), e.statusCode());
    return e.awsErrorDetails().errorCode();
  }
}
