package dev.opskit.spring.boot;

import static dev.opskit.spring.boot.MetricsTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.health.Probe;
import dev.opskit.testkit.backup.InMemoryBackupStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final class OneStream implements BackupStrategy {
    @Override
    public String format() {
      return "one-stream";
    }

    @Override
    public Map<String, String> dump(BackupSink sink) throws IOException {
      try (OutputStream stream = sink.stream("all")) {
        stream.write(new byte[1_000]);
      }
      return Map.of();
    }

    @Override
    public void inspect(BackupSource source) {}

    @Override
    public void restore(BackupSource source, String target) {}
  }

  @TempDir private Path folder;

  @Test
  void withoutASourceThereAreNoBackups() {
    Contexts.plain()
        .withPropertyValues("ops.backup.folder=" + folder)
        .run(
            context -> {
              assertEquals(0, context.getBeansOfType(BackupService.class).size());
              assertEquals(0, context.getBeansOfType(BackupStore.class).size());
            });
  }

  @Test
  void aDatabaseAndAFolderOfThePropertiesMakeAService() throws IOException {
    Path secret = folder.resolve("backup");
    Files.writeString(secret, "{\"username\":\"dumper\",\"password\":\"pw-1\"}");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Contexts.plain()
        .withPropertyValues(
            "ops.secrets.folder=" + folder,
            "ops.backup.source=orders",
            "ops.backup.folder=" + folder.resolve("kept"),
            "ops.backup.keep-days=7",
            "ops.backup.keep-last=3",
            "ops.backup.max-age=26h",
            "ops.backup.postgres.database=orders",
            "ops.backup.postgres.secret=backup")
        .run(
            context -> {
              BackupService backups = context.getBean(BackupService.class);
              assertEquals("orders", backups.source());
              assertInstanceOf(PostgresBackup.class, context.getBean(BackupStrategy.class));
              assertInstanceOf(FileSystemBackupStore.class, context.getBean(BackupStore.class));
              assertTrue(backups.previewRetention().decisions().isEmpty());
              assertTrue(
                  HealthTest.report(context, Probe.READINESS).checks().stream()
                      .anyMatch(check -> check.name().equals("backup")));
            });
  }

  @Test
  void partsOfTheApplicationAreTaken() {
    InMemoryBackupStore store = new InMemoryBackupStore();
    Contexts.plain()
        .withBean(BackupStore.class, () -> store)
        .withBean(BackupStrategy.class, OneStream::new)
        .withPropertyValues("ops.backup.source=orders", "ops.backup.folder=" + folder)
        .run(
            context -> {
              assertSame(store, context.getBean(BackupStore.class));
              BackupService backups = context.getBean(BackupService.class);
              assertEquals(backups.backupNow().id(), backups.catalog().latest().orElseThrow().id());
            });
  }

  @Test
  void whatIsMissingIsNamed() {
    Contexts.plain()
        .withPropertyValues("ops.backup.source=orders", "ops.backup.folder=" + folder)
        .run(context -> assertRefused(context.getStartupFailure(), "strategy is not set"));
    Contexts.plain()
        .withBean(BackupStrategy.class, OneStream::new)
        .withPropertyValues("ops.backup.source=Orders", "ops.backup.folder=" + folder)
        .run(context -> assertRefused(context.getStartupFailure(), "source is 'Orders', must be"));
  }
}
