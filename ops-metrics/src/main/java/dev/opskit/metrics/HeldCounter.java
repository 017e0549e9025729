package dev.opskit.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.DoubleSupplier;

/**
 * A counter that reads its value where it is kept, and keeps that alive: Micrometer holds what a
 * function counter reads by a weak reference, and shows the last value that it saw when nobody else
 * holds it.
 */
final class HeldCounter {
  private HeldCounter() {}

  static void register(
      MeterRegistry registry, String name, String help, Tags tags, DoubleSupplier value) {
    // The function is held strongly, so what it captures is, too.
    FunctionCounter.builder(name, value, held -> value.getAsDouble())
        .description(help)
        .tags(tags)
        .register(registry);
  }
}
