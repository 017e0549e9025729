package dev.opskit.metrics.alert;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How alerts get to one address.
 *
 * @param address for logs; never with credentials
 * @param batch how many alerts one request takes at most
 * @param resend after how long the same is told again; null for never
 * @param timeout of one request, with its answer
 * @param writer makes the request
 */
record Route(
    String address, int batch, @Nullable Duration resend, Duration timeout, Writer writer) {

  /** Called on the thread of the courier; what it throws counts as a failure. */
  interface Writer {
    HttpRequest write(List<Entry> alerts);
  }
}
