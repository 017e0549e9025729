package dev.opskit.metrics.alert;

import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/** Options of {@link WebhookSink}. Confined to one thread. */
public final class WebhookSinkBuilder {
  private static final Duration FORGET_UNTOLD = Duration.ofDays(1);

  private final SinkOptions options = new SinkOptions("webhook");
  private final URI url;
  private final Supplier<byte[]> key;
  private Duration firstBackoff = Duration.ofSeconds(1);
  private Duration longestBackoff = Duration.ofMinutes(1);

  WebhookSinkBuilder(URI url, Supplier<byte[]> key) {
    this.url = SinkOptions.requireHttp("url", url);
    this.key = Objects.requireNonNull(key, "key");
  }

  /**
   * How long to wait after the first failure; twice as long after each further one.
   *
   * @param firstBackoff 1 ms to 1 day; default 1 s
   * @return this
   */
  public WebhookSinkBuilder firstBackoff(Duration firstBackoff) {
    this.firstBackoff = firstBackoff;
    return this;
  }

  /**
   * The longest that is waited after a failure.
   *
   * @param longestBackoff the first back-off to 1 day; default 1 min
   * @return this
   */
  public WebhookSinkBuilder longestBackoff(Duration longestBackoff) {
    this.longestBackoff = longestBackoff;
    return this;
  }

  /**
   * Tells sinks apart in metrics and logs.
   *
   * @param name of the form {@code [a-z][a-z0-9_-]*}, at most 40 characters; default {@code
   *     webhook}
   * @return this
   */
  public WebhookSinkBuilder name(String name) {
    options.name = name;
    return this;
  }

  /**
   * Sends with the host's client, which stays the host's to close.
   *
   * @param client default an own one that follows no redirects
   * @return this
   */
  public WebhookSinkBuilder client(HttpClient client) {
    options.client = client;
    return this;
  }

  /**
   * How many alerts may fire or wait at the same time.
   *
   * @param alerts 1 to 100,000; default 1,000
   * @return this
   */
  public WebhookSinkBuilder capacity(int alerts) {
    options.capacity = alerts;
    return this;
  }

  /**
   * How long one request may take.
   *
   * @param timeout 1 ms to 1 day; default 5 s
   * @return this
   */
  public WebhookSinkBuilder timeout(Duration timeout) {
    options.timeout = timeout;
    return this;
  }

  /**
   * How long {@link WebhookSink#close} may take.
   *
   * @param closeWithin 0 to 1 day; default 2 s
   * @return this
   */
  public WebhookSinkBuilder closeWithin(Duration closeWithin) {
    options.closeWithin = closeWithin;
    return this;
  }

  /**
   * The values that are masked in labels and summaries.
   *
   * @param sensitive default {@link SensitiveValues#shared()}
   * @return this
   */
  public WebhookSinkBuilder sensitive(SensitiveValues sensitive) {
    options.sensitive = sensitive;
    return this;
  }

  /**
   * The clock.
   *
   * @param time default {@link TimeSource#system()}
   * @return this
   */
  public WebhookSinkBuilder time(TimeSource time) {
    options.time = time;
    return this;
  }

  /**
   * Starts the delivery.
   *
   * @return the sink
   * @throws IllegalArgumentException if an option is out of its range; the message names it
   */
  public WebhookSink build() {
    options.validate();
    WebhookSink sink = build(options.transport());
    sink.courier().start();
    return sink;
  }

  /** For tests, which move the courier themselves. */
  WebhookSink build(Transport transport) {
    options.validate();
    SinkOptions.require("firstBackoff", firstBackoff, Duration.ofMillis(1));
    SinkOptions.require("longestBackoff", longestBackoff, firstBackoff);
    Tally tally = new Tally();
    AlertBook book = new AlertBook(options.name, options.capacity, options.time, tally);
    SplittableRandom random = new SplittableRandom();
    Peer peer = new Peer(route(), new Backoff(firstBackoff, longestBackoff, random::nextDouble));
    Courier courier =
        new Courier(
            options.name,
            book,
            tally,
            List.of(peer),
            transport,
            options.time,
            Duration.ZERO,
            FORGET_UNTOLD);
    return new WebhookSink(options.name, book, tally, courier, options.closeWithin);
  }

  private Route route() {
    WebhookBody body = new WebhookBody(new AlertText(options.sensitive));
    Signature signature = new Signature(key);
    TimeSource time = options.time;
    String process = UUID.randomUUID().toString();
    return new Route(
        SinkOptions.withoutSecrets(url),
        1,
        null,
        options.timeout,
        alerts -> {
          Entry entry = alerts.get(0);
          String id = process + "-" + entry.revision();
          byte[] bytes = body.write(entry);
          long now = time.now().getEpochSecond();
          return HttpRequest.newBuilder(url)
              .header("Content-Type", "application/json")
              .header("webhook-id", id)
              .header("webhook-timestamp", Long.toString(now))
              .header("webhook-signature", signature.of(id, now, bytes))
              .header("Idempotency-Key", id)
              .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
              .build();
        });
  }
}
