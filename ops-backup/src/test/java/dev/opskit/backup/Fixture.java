package dev.opskit.backup;

import dev.opskit.core.time.ManualTimeSource;
import java.util.Random;

/** A service over a memory store and byte arrays. */
final class Fixture implements AutoCloseable {
  final MemoryStore store = new MemoryStore();
  final BytesStrategy strategy = new BytesStrategy();
  final RecordedAlerts alerts = new RecordedAlerts();
  final ManualTimeSource time = new ManualTimeSource();
  final BackupService service = over(store);

  BackupService over(BackupStore store) {
    return BackupService.builder("orders")
        .strategy(strategy)
        .store(store)
        .alerts(alerts)
        .time(time)
        .build();
  }

  static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    service.close();
  }
}
