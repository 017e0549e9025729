package dev.opskit.verification.integration.backup;

import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.RecoveryTarget;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** A target whose server is started when it is first needed, and found again later. */
class SpareServer implements RecoveryTarget {
  private final Path folder;
  private final AtomicReference<LocalPostgres> running;

  /**
   * @param running what everybody can see of the server, as in a cloud
   */
  SpareServer(Path folder, AtomicReference<LocalPostgres> running) {
    this.folder = folder;
    this.running = running;
  }

  @Override
  public BackupStrategy provide() {
    if (running.get() == null) {
      running.set(LocalPostgres.start(folder));
    }
    return shop().strategy().build();
  }

  Shop shop() {
    return Shop.on(running.get());
  }
}
