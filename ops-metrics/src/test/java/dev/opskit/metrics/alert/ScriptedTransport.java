package dev.opskit.metrics.alert;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * A far end that a test plays: each request waits in {@link #waiting} until it is answered. Strict:
 * whatever is answered must have been asked. Confined to one thread.
 */
final class ScriptedTransport implements Transport {

  /** A request that is under way. */
  record Asked(HttpRequest request, String body, Ending ending, Runnable afterwards) {
    void answer(int status) {
      ending.ended(status, null);
      afterwards.run();
    }

    void breakOff() {
      ending.ended(0, new IOException("connection reset"));
      afterwards.run();
    }

    String header(String name) {
      return request.headers().firstValue(name).orElseThrow();
    }
  }

  /** What notices an answer. */
  Runnable afterwards = () -> {};

  final Deque<Asked> waiting = new ArrayDeque<>();
  final List<HttpRequest> cancelled = new ArrayList<>();

  @Override
  public Runnable send(HttpRequest request, Ending ending) {
    waiting.add(new Asked(request, body(request), ending, afterwards));
    return () -> cancelled.add(request);
  }

  Asked next() {
    if (waiting.isEmpty()) {
      throw new AssertionError("nothing was sent");
    }
    return waiting.remove();
  }

  private static String body(HttpRequest request) {
    StringBuilder text = new StringBuilder();
    request
        .bodyPublisher()
        .orElseThrow()
        .subscribe(
            new Flow.Subscriber<ByteBuffer>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
              }

              @Override
              public void onNext(ByteBuffer part) {
                text.append(StandardCharsets.UTF_8.decode(part));
              }

              @Override
              public void onError(Throwable failure) {
                throw new AssertionError(failure);
              }

              @Override
              public void onComplete() {}
            });
    return text.toString();
  }
}
