package dev.opskit.secrets.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.aws.FakeSecretsManager.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsFailureTest {
  private static final String CANARY = "hunter2hunter2";

  private final FakeSecretsManager aws = new FakeSecretsManager();
  private final SecretsManagerClient client = Clients.of(aws.endpoint());

  AwsFailureTest() throws IOException {}

  @AfterEach
  void close() {
    client.close();
    aws.close();
    assertEquals(List.of(), aws.complaints);
  }

  @ParameterizedTest
  @CsvSource({
    "400, ResourceNotFoundException, NotFound",
    "404, ResourceNotFoundException, NotFound",
    "400, InvalidRequestException, NotFound",
    "400, InvalidParameterException, NotFound",
    "400, ValidationException, NotFound",
    "400, AccessDeniedException, AccessDenied",
    "403, UnrecognizedClientException, AccessDenied",
    "403, InvalidSignatureException, AccessDenied",
    "400, ExpiredTokenException, AccessDenied",
    "400, MissingAuthenticationTokenException, AccessDenied",
    "400, DecryptionFailure, AccessDenied",
    "400, ThrottlingException, Unavailable",
    "400, RequestExpired, Unavailable",
    "500, InternalServiceError, Unavailable",
    "503, ServiceUnavailable, Unavailable",
    "400, NeverSeenException, Unavailable",
  })
  void theErrorCodeTellsWhetherTryingLaterHelps(int status, String code, String kind) {
    aws.fault = Answer.error(status, code, CANARY);

    SecretException e = refused();

    assertEquals(kind, e.getClass().getSimpleName());
    String origin = " (" + code + ", HTTP " + status + ", request 1a2b3c4d-0000)";
    assertTrue(e.getMessage().endsWith(origin), e.getMessage());
  }

  @Test
  void aDenialNamesTheActionThatIsMissing() {
    aws.fault = Answer.error(400, "AccessDeniedException", CANARY);
    assertTrue(refused().getMessage().contains("grant secretsmanager:GetSecretValue"));
    aws.fault = Answer.error(400, "DecryptionFailure", CANARY);
    assertTrue(refused().getMessage().contains("grant kms:Decrypt"));
  }

  @Test
  void aCodeThatMayBeAnythingIsNotRepeated() {
    aws.fault = Answer.error(400, "said " + CANARY, CANARY);
    assertTrue(refused().getMessage().contains("(unknown, HTTP 400"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"SecretString\":\"hunter2hunter2\"}",
        "{\"SecretString\":\"hunter2hunter2",
        "hunter2hunter2",
        "[\"hunter2hunter2\"]",
        "{\"VersionId\":\"1\",\"SecretBinary\":\"hunter2hunter2!\"}",
      })
  void anAnswerThatIsNoneIsUnavailableAndNotRepeated(String body) {
    aws.fault = new Answer(200, body);
    assertInstanceOf(SecretException.Unavailable.class, refused());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"VersionId\":\"1\"}", "{\"VersionId\":\"1\",\"SecretString\":\"\"}"})
  void aSecretWithoutAValueIsMalformed(String body) {
    aws.fault = new Answer(200, body);
    assertInstanceOf(SecretException.Malformed.class, refused());
  }

  @Test
  void aConnectionThatIsCutIsUnavailable() {
    aws.fault = Answer.HANG_UP;
    assertInstanceOf(SecretException.Unavailable.class, refused());
  }

  @Test
  void aServerThatNeverAnswersIsUnavailableAfterTheClientsTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SecretsManagerClient impatient =
            Clients.of(
                URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(300))) {
      assertInstanceOf(SecretException.Unavailable.class, refused(impatient));
    }
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() throws IOException {
    aws.close();
    assertInstanceOf(SecretException.Unavailable.class, refused());
  }

  private SecretException refused() {
    return refused(client);
  }

  /** Whatever it is, it has no cause and quotes nothing. */
  private static SecretException refused(SecretsManagerClient client) {
    var provider = AwsSecretsProvider.of(client);
    var e = assertThrows(SecretException.class, () -> provider.fetch(SecretRef.of("a")));
    assertNull(e.getCause());
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().contains("hunter2"), trace::toString);
    return e;
  }
}
