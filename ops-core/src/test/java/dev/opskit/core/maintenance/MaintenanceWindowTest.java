package dev.opskit.core.maintenance;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MaintenanceWindowTest {

  @Test
  void aWindowHasAnOwnerAReasonAndAnEnd() {
    new MaintenanceWindow("dba", "restore", Instant.EPOCH);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new MaintenanceWindow("dba", " ", Instant.EPOCH))
            .getMessage();
    assertTrue(message.contains("owner 'dba', reason ' '"), message);
    assertThrows(
        IllegalArgumentException.class, () -> new MaintenanceWindow("", "restore", Instant.EPOCH));
    assertThrows(NullPointerException.class, () -> new MaintenanceWindow("dba", "restore", null));
  }
}
