package dev.opskit.verification.integration.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the reference service ends when it should, whatever its database does. */
@Timeout(180)
class EndingIT {
  /** The drain's 2 s, up to 15 s for orders that wait for the database, and the closing. */
  private static final Duration END_BOUND = Duration.ofSeconds(30);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void askedToEndWhileOrdersComeInItEndsAlsoWithAFrozenDatabase(boolean frozen) throws Exception {
    try (Deployment deployment = Deployment.in(folder);
        ServiceProcess service = deployment.start();
        Traffic traffic = Deployment.traffic(service)) {
      traffic.await(Traffic.ORDERS, System.nanoTime(), Deployment.START, s -> s.status() == 201);
      if (frozen) {
        deployment.postgres().freeze();
      }
      long asked = System.nanoTime();
      service.terminate();
      assertEquals(143, service.awaitExit(END_BOUND), "as the shell says of SIGTERM");
      System.out.printf(
          "ended after %d ms, database frozen: %s%n",
          (System.nanoTime() - asked) / 1_000_000, frozen);
    }
  }

  @Test
  void aManagementPortThatIsTakenEndsTheStart() throws Exception {
    try (Deployment deployment = Deployment.in(folder);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      try (ServiceProcess service = deployment.with("OPS_PORT", port).start()) {
        assertNotEquals(0, service.awaitExit(Deployment.START));
        String said = String.join("\n", service.lines());
        assertTrue(said.contains("cannot listen on 127.0.0.1:" + port), said);
      }
    }
  }
}
