package dev.opskit.metrics.bind;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One meter, declared once: whoever registers it and whoever writes a rule about it take the name
 * from here.
 *
 * @param name Micrometer's dotted form
 * @param unit Micrometer's base unit, null for none
 * @param help one sentence
 */
record MeterSpec(Meter.Type type, String name, @Nullable String unit, String help) {
  static MeterSpec counter(String name, String help) {
    return new MeterSpec(Meter.Type.COUNTER, name, null, help);
  }

  static MeterSpec gauge(String name, @Nullable String unit, String help) {
    return new MeterSpec(Meter.Type.GAUGE, name, unit, help);
  }

  /**
   * What it is called on the page; the suffix of counters is not the convention's but the page's.
   */
  String exported() {
    String stem = new PrometheusNamingConvention().name(name, type, unit);
    return type == Meter.Type.COUNTER ? stem + "_total" : stem;
  }

  /** The one that is registered with these tags already, or a new one at 0. */
  Counter count(MeterRegistry registry, String... tags) {
    return Counter.builder(name).description(help).tags(tags).register(registry);
  }

  /** Holds the counted object weakly: who counts has to live anyway. */
  <T> void count(MeterRegistry registry, T counted, ToDoubleFunction<T> value, String... tags) {
    FunctionCounter.builder(name, counted, value).description(help).tags(tags).register(registry);
  }

  void show(MeterRegistry registry, Supplier<Number> value, String... tags) {
    Gauge.builder(name, value)
        .description(help)
        .baseUnit(unit)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }
}
