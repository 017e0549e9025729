package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tells a URL of each change of an alert, signed. Thread-safe; whoever builds it closes it.
 *
 * <p>One POST for each change: an alert begins ({@code "type":"alert.firing"}), its severity or
 * summary changes (the same type), it ends ({@code "alert.resolved"}). Nothing is sent for what is
 * raised again unchanged. The headers are those of the Standard Webhooks specification: {@code
 * webhook-id}, {@code webhook-timestamp} in seconds, and {@code webhook-signature} with {@code v1,}
 * and the base64 of the HMAC-SHA256 over {@code id.timestamp.body}. The id is sent as {@code
 * Idempotency-Key}, too; it is the same however often one change is sent.
 *
 * <p>Raising and resolving wait for no I/O and never throw; one daemon thread delivers, one request
 * at a time. Only the last state of an alert waits: if the URL is away while an alert changes, it
 * is told once, of the last change. When there is no room for a new alert, it is dropped and
 * counted. After no answer, 5xx, 408 or 429 it is tried again with exponential back-off and jitter;
 * a change that is answered with 400, 413 or 422 is given up and counted; after any other status
 * the URL is left alone for about {@link WebhookSinkBuilder#longestBackoff}.
 */
public final class WebhookSink implements DeliveringSink, AutoCloseable {
  private final String name;
  private final AlertBook book;
  private final Tally tally;
  private final Courier courier;
  private final Duration closeWithin;

  WebhookSink(String name, AlertBook book, Tally tally, Courier courier, Duration closeWithin) {
    this.name = name;
    this.book = book;
    this.tally = tally;
    this.courier = courier;
    this.closeWithin = closeWithin;
  }

  /**
   * A builder.
   *
   * @param url where to; path and query are never logged
   * @param key the key of the signatures, asked for with each request and wiped after it, so give a
   *     copy; what it throws counts as a failure that is tried again
   * @return with the default options
   * @throws IllegalArgumentException if the URL is no address
   */
  public static WebhookSinkBuilder to(URI url, Supplier<byte[]> key) {
    return new WebhookSinkBuilder(url, key);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void raise(Alert alert) {
    if (book.raise(alert) != null) {
      courier.wake();
    }
  }

  @Override
  public void resolve(Alert.Key key) {
    if (book.resolve(key) != null) {
      courier.wake();
    }
  }

  @Override
  public DeliveryCounts counts() {
    return tally.counts(book.pending(), book.firing());
  }

  /**
   * Delivers what waits for at most {@link WebhookSinkBuilder#closeWithin}, and until one attempt
   * fails.
   */
  @Override
  public void close() {
    courier.close(closeWithin);
  }

  Courier courier() {
    return courier;
  }
}
