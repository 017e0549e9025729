package dev.opskit.verification.integration.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.jdbc.RotatingDataSource;
import dev.opskit.testkit.secrets.InMemorySecretProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The guide's first lines are these, and they do what it says. */
class FiveLinesIT {
  private static final String CLASS =
      "src/test/java/dev/opskit/verification/integration/secrets/FiveLinesIT.java";

  private static OpsSecrets open(SecretProvider provider, HikariConfig pool) {
    OpsSecrets secrets = OpsSecrets.builder().provider(provider).build();
    RotatingSecret<DatabaseCredentials> login =
        secrets.rotating(SecretRef.of("orders/database"), SecretType.databaseCredentials());
    secrets.awaitReady(Duration.ofSeconds(30)); // or says of each secret why it is not there
    pool.setDataSource(RotatingDataSource.of("jdbc:postgresql://db/orders", login));
    return secrets;
  }

  @Test
  void theFiveLinesOfTheGuideAreTheOnesThatRunHere() throws IOException {
    Path module = Path.of(System.getProperty("basedir"));
    String guide = Files.readString(module.resolve("../../docs/secrets.md"));
    String code = guide.substring(guide.indexOf("```java") + 7);
    code = code.substring(0, code.indexOf("```"));
    assertTrue(
        packed(Files.readString(module.resolve(CLASS))).contains(packed(code)),
        "docs/secrets.md begins with other lines than " + CLASS);

    InMemorySecretProvider provider = new InMemorySecretProvider();
    provider.put(
        SecretRef.of("orders/database"), RotatedDatabase.secret("orders", "hunter2hunter2"));
    HikariConfig pool = new HikariConfig();
    OpsSecrets secrets = open(provider, pool);
    try {
      assertEquals("RotatingDataSource[orders/database]", pool.getDataSource().toString());
    } finally {
      secrets.close();
    }
  }

  private static String packed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
