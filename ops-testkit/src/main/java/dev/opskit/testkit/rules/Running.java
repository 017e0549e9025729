package dev.opskit.testkit.rules;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks the service that was started for the test. Confined to one thread. */
final class Running {
  /** More than a kubelet would wait. */
  private static final int TIMEOUT_MILLIS = 20_000;

  /** What came back; status 0 stands for no answer, and the body says why. */
  record Answer(int status, String body) {}

  private final RunningService service;

  Running(RunningService service) {
    this.service = service;
  }

  RunningService service() {
    return service;
  }

  /** Where a port of the deployment is now. */
  Optional<Integer> now(int deployed) {
    return Optional.ofNullable(service.ports().get(deployed));
  }

  Answer get(int deployed, String path) {
    Optional<Integer> port = now(deployed);
    if (port.isEmpty()) {
      return new Answer(0, "the service does not serve the port " + deployed);
    }
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port.get() + path).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      return new Answer(status, status == HttpURLConnection.HTTP_OK ? body(connection) : "");
    } catch (IOException | IllegalArgumentException e) {
      return new Answer(0, "no answer: " + e);
    }
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  boolean listens(int deployed) {
    Optional<Integer> port = now(deployed);
    try (Socket socket =
        port.isEmpty() ? null : new Socket(InetAddress.getLoopbackAddress(), port.get())) {
      return socket != null;
    } catch (IOException refused) {
      return false;
    }
  }
}
