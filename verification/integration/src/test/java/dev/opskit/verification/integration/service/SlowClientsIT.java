package dev.opskit.verification.integration.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * That clients who never finish their request take the service from the others only for a while.
 */
@Timeout(180)
class SlowClientsIT {
  /** Far more than there are threads and places in the queue. */
  private static final int CLIENTS = 200;

  private static final int THREADS_AND_QUEUE = 16 + 64;

  /** What a client may take for its request, the server's round of looking, and some patience. */
  private static final Duration BOUND = Duration.ofSeconds(10 + 1 + 4);

  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  @TempDir Path folder;

  @Test
  void slowClientsAreRefusedOrCutOffAndKeepNoProbeWaiting() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try (Deployment deployment = Deployment.in(folder);
        ServiceProcess service = deployment.start();
        Traffic traffic = Deployment.traffic(service)) {
      traffic.await(Traffic.ORDERS, System.nanoTime(), Deployment.START, s -> s.status() == 201);
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(slowClient(traffic.port()));
      }
      long begun = System.nanoTime();
      int refused = 0;
      for (Socket client : clients) {
        refused += isCutOff(client, begun + AT_ONCE.toNanos()) ? 1 : 0;
      }
      assertTrue(refused >= CLIENTS - THREADS_AND_QUEUE, refused + " were refused at once");
      long deadline = begun + BOUND.toNanos();
      for (Socket client : clients) {
        assertTrue(isCutOff(client, deadline), "a slow client is still connected");
      }
      long cutOff = System.nanoTime();
      traffic.await(Traffic.ORDERS, cutOff, Duration.ofSeconds(2), s -> s.status() == 201);
      traffic.end();
      assertTrue(
          traffic.of(Traffic.HEALTH).stream().allMatch(s -> s.status() == 200),
          "a liveness probe was not answered 200");
      Duration probe = Traffic.slowest(traffic.probes());
      assertTrue(probe.compareTo(Deployment.PROBE_BOUND) <= 0, probe::toString);
      System.out.printf(
          "%d slow clients cut off after %d ms, slowest probe %d ms%n",
          CLIENTS, (cutOff - begun) / 1_000_000, probe.toMillis());
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static Socket slowClient(int port) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client
        .getOutputStream()
        .write("POST /orders HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static boolean isCutOff(Socket client, long deadline) throws IOException {
    long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
    client.setSoTimeout((int) left);
    try {
      return client.getInputStream().read() == -1;
    } catch (SocketTimeoutException stillConnected) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
