package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import java.net.URI;
import java.time.Duration;

/**
 * Delivers alerts to every peer of an Alertmanager, over its API v2. Thread-safe; whoever builds it
 * closes it.
 *
 * <p>What fires is sent again every {@link AlertmanagerSinkBuilder#resend} to each peer, as
 * Alertmanager keeps nothing when it restarts, and with an end four times as far away, so that it
 * ends by itself when this process is dead. What was resolved is sent with its end for {@link
 * AlertmanagerSinkBuilder#keepResolved}.
 *
 * <p>Raising and resolving wait for no I/O and never throw; one daemon thread delivers. Only the
 * last state of an alert waits, so many changes of few alerts take no room. When there is no room
 * for a new alert, it is dropped and counted. A peer that does not answer or answers 5xx, 408 or
 * 429 is tried again with jitter, after {@link AlertmanagerSinkBuilder#resend} at the latest; an
 * alert that it answers with 400, 413 or 422 is not sent there again before it changes; after any
 * other status the whole peer is left alone for about one {@link AlertmanagerSinkBuilder#resend}.
 */
public final class AlertmanagerSink implements DeliveringSink, AutoCloseable {
  private final String name;
  private final AlertBook book;
  private final Tally tally;
  private final Courier courier;
  private final Duration closeWithin;

  AlertmanagerSink(
      String name, AlertBook book, Tally tally, Courier courier, Duration closeWithin) {
    this.name = name;
    this.book = book;
    this.tally = tally;
    this.courier = courier;
    this.closeWithin = closeWithin;
  }

  /**
   * A builder.
   *
   * @param peers each Alertmanager of the cluster, not a load balancer before them, for example
   *     {@code http://alertmanager-0:9093}; a path is kept as a prefix
   * @return with the default options
   * @throws IllegalArgumentException if there is no peer or one is no address
   */
  public static AlertmanagerSinkBuilder to(URI... peers) {
    return new AlertmanagerSinkBuilder(peers);
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
   * Delivers what waits, with one more attempt for each peer, for at most {@link
   * AlertmanagerSinkBuilder#closeWithin}. What fires is not resolved: it ends by itself unless it
   * is raised again.
   */
  @Override
  public void close() {
    courier.close(closeWithin);
  }

  Courier courier() {
    return courier;
  }
}
