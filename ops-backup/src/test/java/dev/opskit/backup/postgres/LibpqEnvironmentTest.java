package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.backup.BackupRefusedException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LibpqEnvironmentTest {
  private static final PostgresServer SERVER = new PostgresServer("db", 5432, "orders", "app");

  @Test
  void thePasswordIsWipedAfterUse() {
    char[] password = "canary-7".toCharArray();

    Map<String, String> environment =
        new LibpqEnvironment(SERVER, () -> password, Map.of()).of("copy", "ops-backup-1");

    assertEquals("canary-7", environment.get("PGPASSWORD"));
    assertEquals("copy", environment.get("PGDATABASE"));
    assertEquals("ops-backup-1", environment.get("PGAPPNAME"));
    assertArrayEquals(new char[8], password);
  }

  @Test
  void anEmptyPasswordIsNotPassedOn() {
    var environment =
        new LibpqEnvironment(SERVER, () -> new char[0], Map.of()).of("orders", "ops-backup-1");

    assertFalse(environment.containsKey("PGPASSWORD"));
  }

  @Test
  void aPasswordThatTheSystemCannotPassOnIsRefusedWithoutBeingShown() {
    var environment = new LibpqEnvironment(SERVER, "canary\0"::toCharArray, Map.of());

    var refusal =
        assertThrows(BackupRefusedException.class, () -> environment.of("orders", "ops-backup-1"));

    assertFalse(refusal.getMessage().contains("canary"));
  }
}
