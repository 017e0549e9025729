package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BackupServiceBuilderTest {
  private final MemoryStore store = new MemoryStore();
  private final BytesStrategy strategy = new BytesStrategy();

  @Test
  void aBadSourceIsNamedWithItsValue() {
    refused("source is 'Orders/../x'", BackupService.builder("Orders/../x"));
  }

  @Test
  void missingOptionsAreNamed() {
    refused("strategy is not set", BackupService.builder("orders").store(store));
    refused("store is not set", BackupService.builder("orders").strategy(strategy));
  }

  @Test
  void aStrategyWithABadFormatIsRefused() {
    strategy.format = "A B";
    refused("strategy.format is 'A B'", BackupService.builder("o").store(store).strategy(strategy));
  }

  private static void refused(String message, BackupServiceBuilder builder) {
    var refusal = assertThrows(IllegalArgumentException.class, builder::build);
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }
}
