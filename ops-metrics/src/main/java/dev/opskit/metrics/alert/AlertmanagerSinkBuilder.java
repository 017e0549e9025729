package dev.opskit.metrics.alert;

import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Options of {@link AlertmanagerSink}. Confined to one thread. */
public final class AlertmanagerSinkBuilder {
  private static final int LIFE_IN_RESENDS = 4;
  private static final int BATCH = 64;

  private final SinkOptions options = new SinkOptions("alertmanager");
  private final List<URI> peers;
  private final Map<String, String> labels = new TreeMap<>();
  private Duration resend = Duration.ofSeconds(15);
  private Duration keepResolved = Duration.ofMinutes(5);

  AlertmanagerSinkBuilder(URI... peers) {
    if (peers.length == 0) {
      throw new IllegalArgumentException("no peer is given: where is the Alertmanager?");
    }
    this.peers = Stream.of(peers).map(AlertmanagerSinkBuilder::requirePeer).distinct().toList();
  }

  /**
   * A label of every alert, for example the service; an alert's own label of that name wins.
   *
   * @param name of the form {@code [a-zA-Z_][a-zA-Z0-9_]*}
   * @param value its value
   * @return this
   */
  public AlertmanagerSinkBuilder label(String name, String value) {
    labels.put(name, Objects.requireNonNull(value, "value"));
    return this;
  }

  /**
   * How often what fires is sent again.
   *
   * @param resend 100 ms to 1 day; default 15 s
   * @return this
   */
  public AlertmanagerSinkBuilder resend(Duration resend) {
    this.resend = resend;
    return this;
  }

  /**
   * How long the end of an alert is sent again; if no peer can be reached for so long, the end
   * counts as dropped.
   *
   * @param keepResolved 0 to 1 day; default 5 min
   * @return this
   */
  public AlertmanagerSinkBuilder keepResolved(Duration keepResolved) {
    this.keepResolved = keepResolved;
    return this;
  }

  /**
   * Tells sinks apart in metrics and logs.
   *
   * @param name of the form {@code [a-z][a-z0-9_-]*}, at most 40 characters; default {@code
   *     alertmanager}
   * @return this
   */
  public AlertmanagerSinkBuilder name(String name) {
    options.name = name;
    return this;
  }

  /**
   * Sends with the host's client, which stays the host's to close.
   *
   * @param client default an own one that follows no redirects
   * @return this
   */
  public AlertmanagerSinkBuilder client(HttpClient client) {
    options.client = client;
    return this;
  }

  /**
   * How many alerts may fire or wait at the same time.
   *
   * @param alerts 1 to 100,000; default 1,000
   * @return this
   */
  public AlertmanagerSinkBuilder capacity(int alerts) {
    options.capacity = alerts;
    return this;
  }

  /**
   * How long a peer may take for one request.
   *
   * @param timeout 1 ms to 1 day; default 5 s
   * @return this
   */
  public AlertmanagerSinkBuilder timeout(Duration timeout) {
    options.timeout = timeout;
    return this;
  }

  /**
   * How long {@link AlertmanagerSink#close} may take.
   *
   * @param closeWithin 0 to 1 day; default 2 s
   * @return this
   */
  public AlertmanagerSinkBuilder closeWithin(Duration closeWithin) {
    options.closeWithin = closeWithin;
    return this;
  }

  /**
   * The values that are masked in labels and summaries.
   *
   * @param sensitive default {@link SensitiveValues#shared()}
   * @return this
   */
  public AlertmanagerSinkBuilder sensitive(SensitiveValues sensitive) {
    options.sensitive = sensitive;
    return this;
  }

  /**
   * The clock. Alertmanager compares ends with its own one.
   *
   * @param time default {@link TimeSource#system()}
   * @return this
   */
  public AlertmanagerSinkBuilder time(TimeSource time) {
    options.time = time;
    return this;
  }

  /**
   * Starts the delivery.
   *
   * @return the sink
   * @throws IllegalArgumentException if an option is out of its range; the message names it
   */
  public AlertmanagerSink build() {
    options.validate();
    AlertmanagerSink sink = build(options.transport());
    sink.courier().start();
    return sink;
  }

  /** For tests, which move the courier themselves. */
  AlertmanagerSink build(Transport transport) {
    options.validate();
    SinkOptions.require("resend", resend, Duration.ofMillis(100));
    SinkOptions.require("keepResolved", keepResolved, Duration.ZERO);
    labels.keySet().forEach(AlertmanagerSinkBuilder::requireLabel);
    AlertmanagerBody body =
        new AlertmanagerBody(
            Map.copyOf(labels),
            new AlertText(options.sensitive),
            resend.multipliedBy(LIFE_IN_RESENDS));
    SplittableRandom random = new SplittableRandom();
    List<Peer> routes =
        peers.stream()
            .map(
                peer ->
                    new Peer(
                        route(peer, body),
                        new Backoff(resend.dividedBy(8), resend, random::nextDouble)))
            .toList();
    Tally tally = new Tally();
    AlertBook book = new AlertBook(options.name, options.capacity, options.time, tally);
    Courier courier =
        new Courier(
            options.name, book, tally, routes, transport, options.time, keepResolved, keepResolved);
    return new AlertmanagerSink(options.name, book, tally, courier, options.closeWithin);
  }

  private static URI requirePeer(URI peer) {
    if (SinkOptions.requireHttp("peer", peer).getQuery() != null) {
      throw new IllegalArgumentException("peer has a query, must be the address alone");
    }
    return peer;
  }

  private static void requireLabel(String label) {
    if (!label.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
      throw new IllegalArgumentException(
          "label '%s' is not of the form [a-zA-Z_][a-zA-Z0-9_]*".formatted(label));
    }
  }

  private Route route(URI peer, AlertmanagerBody body) {
    URI address = URI.create(peer.toString().replaceAll("/+$", "") + "/api/v2/alerts");
    return new Route(
        SinkOptions.withoutSecrets(peer),
        BATCH,
        resend,
        options.timeout,
        alerts ->
            HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(body.write(alerts, options.time.now())))
                .build());
  }
}
