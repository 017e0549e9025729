package dev.opskit.verification.integration.slo;

import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A Prometheus that scrapes and evaluates every second. Whoever starts it closes it. */
public final class LivePrometheus implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private LivePrometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param folder for its data
   * @param rules a file of rules
   * @param job the name of the job
   * @param targets ports by the hash of their pod
   * @return a process that may not answer yet
   * @throws IOException if it cannot be started
   */
  public static LivePrometheus start(
      Path folder, Path rules, String job, Map<String, Integer> targets) throws IOException {
    Path prometheus = RealParts.executable("prometheus", "prometheus", Promtool.MEND);
    StringBuilder config =
        new StringBuilder("global: {scrape_interval: 1s, evaluation_interval: 1s}\n")
            .append("rule_files: ['")
            .append(rules)
            .append("']\n")
            .append("scrape_configs:\n- job_name: ")
            .append(job)
            .append("\n  static_configs:\n");
    targets.forEach(
        (hash, port) ->
            config.append(
                "  - {targets: ['127.0.0.1:%d'], labels: {rollouts_pod_template_hash: '%s'}}\n"
                    .formatted(port, hash)));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                prometheus.toString(),
                "--config.file=" + Files.writeString(folder.resolve("prometheus.yml"), config),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    return new LivePrometheus(process, port);
  }

  /**
   * Asks an instant query.
   *
   * @param expr the query
   * @return the values; empty also while there is no answer yet
   * @throws InterruptedException if the thread was interrupted
   */
  public List<Double> query(String expr) throws InterruptedException {
    return list(get("query?query=" + URLEncoder.encode(expr, StandardCharsets.UTF_8)), "result")
        .stream()
        .map(sample -> ((List<?>) ((Map<?, ?>) sample).get("value")).get(1))
        .map(value -> Double.valueOf(value.toString()))
        .toList();
  }

  /** The alerts that fire, and the groups of rules with their health. */
  List<?> alerts() throws InterruptedException {
    return list(get("alerts"), "alerts");
  }

  List<?> groups() throws InterruptedException {
    return list(get("rules"), "groups");
  }

  private static List<?> list(Map<?, ?> answer, String name) {
    return answer.get("data") instanceof Map<?, ?> data && data.get(name) instanceof List<?> list
        ? list
        : List.of();
  }

  private Map<?, ?> get(String path) throws InterruptedException {
    try {
      String body =
          client
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, path)))
                      .timeout(Duration.ofSeconds(30))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      Object read = new Load(LoadSettings.builder().build()).loadFromString(body);
      return read instanceof Map<?, ?> map ? map : Map.of();
    } catch (IOException notYet) {
      return Map.of();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
