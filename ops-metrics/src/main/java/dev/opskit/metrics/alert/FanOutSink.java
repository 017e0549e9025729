package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes every alert on to several sinks, in their order. One that throws, against its contract,
 * keeps nothing from the others. Thread-safe; the sinks stay the caller's to close.
 */
public final class FanOutSink implements AlertSink {
  private static final Logger logger = LoggerFactory.getLogger(FanOutSink.class);

  private final List<AlertSink> sinks;
  private final AtomicBoolean reported = new AtomicBoolean();

  private FanOutSink(List<AlertSink> sinks) {
    this.sinks = sinks;
  }

  /**
   * Combines sinks.
   *
   * @param sinks any number; none delivers nothing
   * @return one sink
   */
  public static FanOutSink to(AlertSink... sinks) {
    return new FanOutSink(List.of(sinks));
  }

  @Override
  public void raise(Alert alert) {
    each(sink -> sink.raise(alert));
  }

  @Override
  public void resolve(Alert.Key key) {
    each(sink -> sink.resolve(key));
  }

  private void each(Consumer<AlertSink> call) {
    for (AlertSink sink : sinks) {
      try {
        call.accept(sink);
      } catch (RuntimeException e) {
        if (reported.compareAndSet(false, true)) {
          logger.warn("{} threw; further ones are not reported", sink.getClass().getName(), e);
        }
      }
    }
  }
}
