package dev.opskit.secrets.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretRef;
import dev.opskit.testkit.secrets.FakeSecretsManager;
import dev.opskit.testkit.secrets.SecretsManagerFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsFailureTest {
  private static final String CANARY = "hunter2hunter2";

  private final FakeSecretsManager aws = FakeSecretsManager.start();
  private final SecretsManagerClient client = Clients.of(aws.endpoint());

  @AfterEach
  void close() {
    client.close();
    aws.close();
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
    "400, ThrottlingException, Throttled",
    "400, TooManyRequestsException, Throttled",
    "429, NeverSeenException, Throttled",
    "400, RequestExpired, Unavailable",
    "500, InternalServiceError, Unavailable",
    "503, ServiceUnavailable, Unavailable",
    "400, NeverSeenException, Unavailable",
  })
  void theErrorCodeTellsWhetherTryingLaterHelps(int status, String code, String kind) {
    aws.always(new SecretsManagerFault.Error(status, code));

    SecretException e = refused();

    assertEquals(kind, e.getClass().getSimpleName());
    String origin =
        " (" + code + ", HTTP " + status + ", request 00000000-0000-4000-9000-000000000000)";
    assertTrue(e.getMessage().endsWith(origin), e.getMessage());
  }

  @Test
  void aDenialNamesTheActionThatIsMissing() {
    aws.always(new SecretsManagerFault.Error(400, "AccessDeniedException"));
    assertTrue(refused().getMessage().contains("grant secretsmanager:GetSecretValue"));
    aws.always(new SecretsManagerFault.Error(400, "DecryptionFailure"));
    assertTrue(refused().getMessage().contains("grant kms:Decrypt"));
  }

  @Test
  void aThrottledCallTellsForHowLongIfTheServiceDoes() {
    aws.next(
        new SecretsManagerFault.Throttled(null),
        new SecretsManagerFault.Throttled(Duration.ofSeconds(7)));
    assertEquals(Optional.empty(), ((SecretException.Throttled) refused()).retryAfter());
    assertEquals(
        Optional.of(Duration.ofSeconds(7)), ((SecretException.Throttled) refused()).retryAfter());
  }

  @Test
  void aCodeThatMayBeAnythingIsNotRepeated() {
    aws.always(new SecretsManagerFault.Error(400, "said " + CANARY));
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
    aws.always(new SecretsManagerFault.Raw(200, body));
    assertInstanceOf(SecretException.Unavailable.class, refused());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"VersionId\":\"1\"}", "{\"VersionId\":\"1\",\"SecretString\":\"\"}"})
  void aSecretWithoutAValueIsMalformed(String body) {
    aws.always(new SecretsManagerFault.Raw(200, body));
    assertInstanceOf(SecretException.Malformed.class, refused());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 40, Integer.MAX_VALUE})
  void aConnectionThatIsCutIsUnavailableWhereverItIsCut(int afterBytes) {
    aws.put("a", CANARY.getBytes(StandardCharsets.UTF_8));
    aws.always(new SecretsManagerFault.Cut(afterBytes));
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
  void aServerThatIsNotThereIsUnavailable() {
    aws.close();
    assertInstanceOf(SecretException.Unavailable.class, refused());
  }

  @Test
  void whatTheServiceSaysIsNotRepeated() {
    String body = "{\"__type\":\"InternalServiceError\",\"Message\":\"%s\"}".formatted(CANARY);
    aws.always(new SecretsManagerFault.Raw(500, body));
    assertTrue(refused().getMessage().contains("InternalServiceError"));
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
