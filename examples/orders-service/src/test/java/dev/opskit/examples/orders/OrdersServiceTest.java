package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OrdersServiceTest {
  @TempDir Path folder;

  @Test
  void aStartThatFailsLeavesNoThreadBehind() throws Exception {
    Path secret = folder.resolve("database");
    Files.writeString(secret, "{\"username\":\"u\",\"password\":\"pw-4711\"}");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Settings nobodyListens =
        new Settings(
            "127.0.0.1",
            0,
            "127.0.0.1",
            0,
            new Settings.Database("127.0.0.1", closedPort(), "orders"),
            folder,
            "database",
            folder,
            "1",
            Duration.ZERO,
            List.of());
    assertThrows(SQLException.class, () -> OrdersService.start(nobodyListens, Duration.ZERO));
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 500 && !ours().isEmpty(); i++) {
      never.await(10, TimeUnit.MILLISECONDS);
    }
    assertEquals(List.of(), ours());
  }

  private static List<String> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("orders") || name.startsWith("ops-"))
        .toList();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
