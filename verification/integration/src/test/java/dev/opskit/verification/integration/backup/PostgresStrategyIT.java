package dev.opskit.verification.integration.backup;

import dev.opskit.backup.BackupStrategy;
import dev.opskit.testkit.backup.LiveRestoreContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PostgresStrategyIT implements LiveRestoreContract {
  @TempDir static Path folder;

  private static Shop shop;

  @BeforeAll
  static void open() throws SQLException {
    shop = Shop.open(folder, 10_000);
  }

  @AfterAll
  static void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @Override
  public BackupStrategy strategy() {
    return shop.strategy().build();
  }

  @Override
  public String sourceFingerprint() throws SQLException {
    return shop.fingerprint(Shop.NAME);
  }

  @Override
  public Optional<String> targetFingerprint(String target) throws SQLException {
    return shop.fingerprintIfThere(target);
  }

  @Override
  public String live() {
    return Shop.NAME;
  }

  @Override
  public void change(String target) throws SQLException {
    shop.execute(target, "DELETE FROM orders WHERE id = (SELECT max(id) FROM orders)");
  }

  @Override
  public String freshTarget() {
    return Shop.freshDatabase();
  }

  @Override
  public String existingTarget() throws SQLException {
    String target = Shop.freshDatabase();
    shop.execute("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(target, Shop.NAME));
    shop.execute(target, "DELETE FROM orders WHERE id < 100");
    return target;
  }
}
