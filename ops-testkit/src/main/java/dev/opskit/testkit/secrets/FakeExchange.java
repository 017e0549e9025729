package dev.opskit.testkit.secrets;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends an answer over a connection, or what a fault leaves of it. */
record FakeExchange(HttpExchange exchange, CountDownLatch closing) {
  private static final String REQUEST_ID = "00000000-0000-4000-9000-000000000000";

  /** Sends the answer, or what is left of it. */
  void send(AwsAnswer answer, @Nullable SecretsManagerFault fault) throws IOException {
    if (fault instanceof SecretsManagerFault.Throttled throttled
        && throttled.retryAfter() != null) {
      String seconds = Long.toString(throttled.retryAfter().toSeconds());
      exchange.getResponseHeaders().set("Retry-After", seconds);
    } else if (fault instanceof SecretsManagerFault.Cut cut) {
      cut(answer, cut.afterBytes());
      return;
    } else if (fault instanceof SecretsManagerFault.Held held) {
      awaitEither(held.released());
    } else if (fault instanceof SecretsManagerFault.Delayed delayed) {
      await(closing, delayed.time().toNanos());
    }
    begin(answer);
    exchange.getResponseBody().write(answer.body());
  }

  private void awaitEither(CountDownLatch released) throws IOException {
    while (closing.getCount() > 0 && !await(released, TimeUnit.MILLISECONDS.toNanos(10))) {
      // A latch cannot wait for another one.
    }
  }

  private static boolean await(CountDownLatch latch, long nanos) throws IOException {
    try {
      return latch.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IOException("the fake was closed while a call was held");
    }
  }

  private void cut(AwsAnswer right, int afterBytes) throws IOException {
    if (afterBytes >= 0) {
      begin(right);
      byte[] part = Arrays.copyOf(right.body(), Math.min(afterBytes, right.body().length - 1));
      exchange.getResponseBody().write(part);
      exchange.getResponseBody().flush();
    }
  }

  private void begin(AwsAnswer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", AwsCall.CONTENT_TYPE);
    exchange.getResponseHeaders().set("x-amzn-RequestId", REQUEST_ID);
    if (answer.isError()) {
      exchange.getResponseHeaders().set("x-amzn-errortype", answer.code());
    }
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
  }
}
