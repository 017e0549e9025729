package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.backup.BackupService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application whose data source and backups are nothing but properties. */
@Timeout(300)
class SpringBootBackupIT {
  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Test
  void aRotatedPasswordIsTakenUpAndWhatIsBackedUpCanBeRestored() throws Exception {
    try (Shop shop = Shop.open(folder, 1_000)) {
      shop.execute("postgres", "CREATE ROLE app LOGIN SUPERUSER PASSWORD 'pw-1'");
      mount("pw-1");
      try (ConfigurableApplicationContext application = start(shop)) {
        HikariDataSource pool = (HikariDataSource) application.getBean(DataSource.class);
        assertEquals(1_000, orders(pool));

        shop.execute("postgres", "ALTER ROLE app PASSWORD 'pw-2'");
        mount("pw-2");
        pool.getHikariPoolMXBean().softEvictConnections();
        assertEquals(1_000, orders(pool));

        BackupService backups = application.getBean(BackupService.class);
        String id = backups.backupNow().id();
        backups.verify(id);
        String target = Shop.freshDatabase();
        backups.restoreInto(id, target);
        assertEquals(shop.fingerprint(Shop.NAME), shop.fingerprint(target));
      }
    }
  }

  private ConfigurableApplicationContext start(Shop shop) {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .registerShutdownHook(false)
        .properties(
            "spring.main.banner-mode=off",
            "ops.secrets.folder=" + folder.resolve("secrets"),
            "ops.secrets.data-source.url=" + shop.postgres().jdbcUrl(Shop.NAME),
            "ops.secrets.data-source.secret=database",
            "ops.backup.source=shop",
            "ops.backup.folder=" + folder.resolve("backups"),
            "ops.backup.postgres.host=127.0.0.1",
            "ops.backup.postgres.port=" + shop.postgres().port(),
            "ops.backup.postgres.database=" + Shop.NAME,
            "ops.backup.postgres.secret=database")
        .run();
  }

  private void mount(String password) throws IOException {
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    Path fresh =
        Files.writeString(
            folder.resolve("fresh"), "{\"username\":\"app\",\"password\":\"" + password + "\"}");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, secrets.resolve("database"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static int orders(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM orders")) {
      result.next();
      return result.getInt(1);
    }
  }
}
