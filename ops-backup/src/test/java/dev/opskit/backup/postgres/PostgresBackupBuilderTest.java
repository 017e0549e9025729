package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresBackupBuilderTest {
  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 5})
  void shardsOutOfRangeAreNamed(int shards) {
    PostgresBackupBuilder builder = builder().shards(shards);

    var refused = assertThrows(IllegalArgumentException.class, builder::build);

    assertEquals("shards is " + shards + ", must be 1 to 4", refused.getMessage());
  }

  @Test
  void theFormatDoesNotHangOnShards() {
    assertEquals(builder().build().format(), builder().shards(4).build().format());
  }

  private static PostgresBackupBuilder builder() {
    return PostgresBackup.builder(
        new PostgresServer("127.0.0.1", 1, "orders", "backup"), "x"::toCharArray);
  }
}
