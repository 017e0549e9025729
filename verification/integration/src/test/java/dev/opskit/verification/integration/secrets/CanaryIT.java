package dev.opskit.verification.integration.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.core.joran.spi.JoranException;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.bind.SecretsMetrics;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import dev.opskit.secrets.aws.AwsSecretsProvider;
import dev.opskit.testkit.secrets.FakeSecretsManager;
import dev.opskit.testkit.secrets.SecretsManagerFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Canaries in secrets of each shape, read as each type, while the store fails in each way. All that
 * the library, the SDK and the process show is searched for them, before anything is masked.
 */
@Timeout(600)
class CanaryIT {
  private static final String ID = "orders/database";
  private static final String NEVER_READ = "orders/never-read-before";
  private static final String GOOD = "{\"username\":\"orders\",\"password\":\"never-a-canary\"}";
  private static final int AT_LEAST = 10_000;

  private static final List<Function<Canary, String>> SHAPES =
      List.of(
          canary -> canary.text,
          canary -> json("username", "orders", "password", canary.text),
          canary -> json("username", canary.text, "pass", canary.text),
          canary -> json("password", canary.text, "keys", "[" + canary.text),
          canary -> json("username", "orders", "password", canary.text).replace("}", ""),
          canary -> json("key", canary.text, "keyId", "1") + canary.text,
          canary -> "[" + json("token", canary.text, "x", "y") + "]",
          canary -> "\uFEFF{\"password\":" + canary.text + "}",
          canary -> "-----BEGIN PRIVATE KEY-----\n" + canary.text + "\n-----END PRIVATE KEY-----",
          canary -> "{\"port\":\"" + json("password", canary.text, "a", "b") + "\"}");

  private static final List<Consumer<FakeSecretsManager>> FAULTS =
      List.of(
          aws -> {},
          aws -> aws.always(new SecretsManagerFault.Error(500, "InternalServiceError")),
          aws -> aws.always(new SecretsManagerFault.Error(400, "DecryptionFailure")),
          aws -> aws.always(new SecretsManagerFault.Throttled(null)),
          aws -> aws.always(new SecretsManagerFault.Cut(-1)),
          aws -> aws.always("GetSecretValue", new SecretsManagerFault.Cut(150)),
          aws -> aws.deny("GetSecretValue"),
          aws -> aws.deny("DescribeSecret"),
          aws -> aws.scheduleDeletion(ID),
          aws -> aws.remove(ID));

  private static final List<SecretType<?>> TYPES =
      List.of(
          SecretType.value(),
          SecretType.databaseCredentials(),
          SecretType.usernamePassword(),
          SecretType.apiKey(),
          SecretType.keyValues(),
          SecretType.pemCertificate());

  private final Witness witness = Witness.ofTheLog();
  private final SplittableRandom random = new SplittableRandom(4711);
  private final OpsMetrics metrics = OpsMetrics.builder().build();

  @AfterAll
  static void giveBackTheLog() throws JoranException {
    Witness.giveBackTheLog();
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void noCanaryIsSeenAnywhere() throws Exception {
    runAll(SHAPES, provider -> provider);
    assertEquals(List.of(), witness.hits(), () -> witness.hits().size() + " hits");
    assertTrue(witness.count() >= AT_LEAST, witness.cases()::toString);
    assertEquals(
        Set.of("toString", "exception", "event", "health", "log", "metrics", "thread", "jmx"),
        witness.cases().keySet());
    for (String logger : List.of("dev.opskit.secrets.", "software.amazon.awssdk.")) {
      assertTrue(
          witness.loggers().stream().anyMatch(name -> name.startsWith(logger)),
          witness.loggers()::toString);
    }
    System.out.println("canaries: " + witness.count() + " cases, 0 hits: " + witness.cases());
  }

  @Test
  void aProviderThatQuotesWhatItReadsIsCaughtWhereverThatIsShown() throws Exception {
    runAll(SHAPES.subList(0, 2), QuotingProvider::new);
    for (String where : List.of("exception", "event", "health", "log")) {
      assertTrue(witness.hits().stream().anyMatch(hit -> hit.startsWith(where + ":")), where);
    }
    assertFalse(witness.hits().stream().anyMatch(hit -> hit.startsWith("toString:")));
  }

  private void runAll(List<Function<Canary, String>> shapes, UnaryOperator<SecretProvider> wrapped)
      throws Exception {
    for (Function<Canary, String> shape : shapes) {
      for (Consumer<FakeSecretsManager> fault : FAULTS) {
        run(Canary.random(random), shape, fault, wrapped);
      }
      witness.seesTheProcess(Canary.random(random));
    }
  }

  private void run(
      Canary canary,
      Function<Canary, String> shape,
      Consumer<FakeSecretsManager> fault,
      UnaryOperator<SecretProvider> wrapped)
      throws Exception {
    try (FakeSecretsManager aws = FakeSecretsManager.start();
        SecretsManagerClient client = LocalClients.withoutRetries(aws.endpoint());
        OpsSecrets secrets =
            OpsSecrets.builder()
                .provider(wrapped.apply(AwsSecretsProvider.of(client)))
                .sensitive(new SensitiveValues())
                .rate(1_000, 1_000)
                .build();
        SecretsMetrics bound = SecretsMetrics.bind(secrets, metrics, SecretRef.of(ID))) {
      secrets.onEvent(event -> witness.sees(canary, "event", event.toString()));
      aws.put(ID, GOOD.getBytes(StandardCharsets.UTF_8));
      RotatingSecret<?> before = secrets.rotating(SecretRef.of(ID), TYPES.get(1));
      before.get();
      byte[] secret = shape.apply(canary).getBytes(StandardCharsets.UTF_8);
      aws.put(ID, secret.clone());
      aws.put(NEVER_READ, secret);
      fault.accept(aws);
      for (SecretType<?> type : TYPES) {
        // Of the first there is a good version to go on with, of the second there is none.
        read(canary, secrets.rotating(SecretRef.of(ID), type));
        read(canary, secrets.rotating(SecretRef.of(ID).withField("password"), type));
        read(canary, secrets.rotating(SecretRef.of(NEVER_READ), type));
      }
      read(canary, secrets.rotating(SecretRef.of(NEVER_READ).withField("keys"), TYPES.get(0)));
      read(canary, secrets.rotating(new SecretRef(ID, SecretStage.PREVIOUS), TYPES.get(1)));
      witness.sees(canary, "health", secrets.healthCheck().check(() -> Duration.ZERO).toString());
      metrics
          .registry()
          .getMeters()
          .forEach(meter -> witness.sees(canary, "metrics", String.valueOf(meter.getId())));
      witness.sees(canary, "toString", secrets + " " + bound + " " + before);
    }
    witness.seesTheLog(canary);
  }

  private void read(Canary canary, RotatingSecret<?> handle) {
    try {
      witness.sees(canary, "toString", handle.refresh().join().toString());
    } catch (CompletionException e) {
      witness.sees(canary, "exception", e);
    }
    try {
      Object value = handle.get();
      witness.sees(canary, "toString", value + " " + handle.snapshot());
      if (value instanceof SecretValue own) {
        own.reveal("a canary that is let out");
      }
    } catch (SecretException e) {
      witness.sees(canary, "exception", e);
    }
  }

  private static String json(String name, String value, String other, String otherValue) {
    return "{\"%s\":\"%s\",\"%s\":\"%s\"}"
        .formatted(name, escaped(value), other, escaped(otherValue));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** As many a parser: it says what it could not read. */
  private record QuotingProvider(SecretProvider good) implements SecretProvider {
    @Override
    public SecretValue fetch(SecretRef ref) {
      SecretValue value = good.fetch(ref);
      if (value.matches(GOOD)) {
        return value;
      }
      try (value) {
        throw new SecretException.Malformed(ref, value.withChars(String::new));
      }
    }
  }
}
