package dev.opskit.spring.boot;

import static dev.opskit.spring.boot.MetricsTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.health.Probe;
import dev.opskit.secrets.ApiKey;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretValue;
import dev.opskit.secrets.jdbc.RotatingDataSource;
import dev.opskit.testkit.secrets.InMemorySecretProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SecretsTest {
  @TempDir private Path folder;

  private record Payments(RotatingSecret<ApiKey> key, RotatingSecret<SecretValue> password) {}

  @BeforeEach
  void mount() throws IOException {
    put("mail-key", "{\"apiKey\":\"k-1\"}");
    put("database", "{\"username\":\"orders\",\"password\":\"pw-1\"}");
  }

  private void put(String name, String value) throws IOException {
    Path file = Files.writeString(folder.resolve(name), value);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private ApplicationContextRunner mounted() {
    return Contexts.plain().withPropertyValues("ops.secrets.folder=" + folder);
  }

  @Test
  void withoutAProviderThereAreNoSecrets() {
    Contexts.plain()
        .run(context -> assertEquals(0, context.getBeansOfType(OpsSecrets.class).size()));
  }

  @Test
  void declaredSecretsAreBeansOfTheirFullType() {
    mounted()
        .withPropertyValues(
            "ops.secrets.rotating.mail.id=mail-key",
            "ops.secrets.rotating.mail.type=api-key",
            "ops.secrets.rotating.pass.id=database",
            "ops.secrets.rotating.pass.field=password")
        .withBean(Payments.class)
        .run(
            context -> {
              Payments payments = context.getBean(Payments.class);
              assertSame(context.getBean("mail"), payments.key());
              assertEquals("k-1", payments.key().get().key().reveal("a test"));
              assertEquals("pw-1", payments.password().get().reveal("a test"));
              assertTrue(
                  HealthTest.report(context, Probe.READINESS).checks().stream()
                      .anyMatch(check -> check.name().equals("secrets")));
            });
  }

  @Test
  void aSecretThatIsNotToBeHadFailsTheStart() {
    mounted()
        .withPropertyValues(
            "ops.secrets.rotating.mail.id=no-such", "ops.secrets.ready-timeout=100ms")
        .run(context -> assertRefused(context.getStartupFailure(), "no-such"));
    mounted()
        .withPropertyValues("ops.secrets.rotating.mail.type=api-key")
        .run(
            context ->
                assertRefused(
                    context.getStartupFailure(), "ops.secrets.rotating.mail.id is not set"));
  }

  @Test
  void aBeanOfTheSameNameComesBeforeADeclaredSecret() {
    mounted()
        .withBean("mail", String.class, () -> "own")
        .withPropertyValues("ops.secrets.rotating.mail.id=mail-key")
        .run(context -> assertEquals("own", context.getBean("mail")));
  }

  @Test
  void aProviderOfTheApplicationIsTaken() {
    InMemorySecretProvider own = new InMemorySecretProvider();
    mounted()
        .withBean(SecretProvider.class, () -> own)
        .run(context -> assertSame(own, context.getBean(SecretProvider.class)));
  }

  @Test
  void aRotatingDataSourceIsPooledWithTheSettingsOfThePool() {
    mounted()
        .withPropertyValues(
            "ops.secrets.data-source.url=jdbc:postgresql://localhost:1/orders",
            "ops.secrets.data-source.secret=database",
            "spring.datasource.hikari.maximum-pool-size=3")
        .run(
            context -> {
              HikariDataSource pool =
                  assertInstanceOf(HikariDataSource.class, context.getBean(DataSource.class));
              assertEquals(3, pool.getMaximumPoolSize());
              assertInstanceOf(RotatingDataSource.class, pool.getDataSource());
            });
  }

  @Test
  void withoutAPoolThereIsTheRotatingDataSourceItself() {
    mounted()
        .withClassLoader(new FilteredClassLoader(HikariDataSource.class))
        .withPropertyValues(
            "ops.secrets.data-source.url=jdbc:postgresql://localhost:1/orders",
            "ops.secrets.data-source.secret=database")
        .run(
            context ->
                assertInstanceOf(RotatingDataSource.class, context.getBean(DataSource.class)));
  }

  @Test
  void aDataSourceWithoutItsSecretIsRefused() {
    mounted()
        .withPropertyValues("ops.secrets.data-source.url=jdbc:postgresql://localhost:1/orders")
        .run(
            context ->
                assertRefused(
                    context.getStartupFailure(), "ops.secrets.data-source.secret is not set"));
  }
}
