package dev.opskit.testkit.rules;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks the service that was started for the test. Confined to one thread. */
final class Running {
  /** More than a kubelet would wait. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** What came back; status 0 stands for no answer, and the body says why. */
  record Answer(int status, String body) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
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
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.get() + path))
              .timeout(TIMEOUT)
              .build();
      var response = client.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException | IllegalArgumentException e) {
      return new Answer(0, "no answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, "interrupted");
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
