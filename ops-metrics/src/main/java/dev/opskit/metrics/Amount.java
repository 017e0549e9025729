package dev.opskit.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Amounts of money, or of anything else that is counted in decimals: the histogram {@code <name>}
 * and the counter {@code <name>_exact_total}.
 *
 * <p>What is exact: {@code _count} and every {@code _bucket}, as bounds are whole numbers and an
 * amount is put below the first bound that is not smaller than it; and {@code _exact_total}, as the
 * amounts are added up in the smallest unit, as a {@code long}: {@link #total} is exact to the last
 * digit, the page shows the nearest {@code double}, which has 15 digits. What is not: the
 * histogram's own {@code _sum} adds up doubles, and is off by some billionths after some millions
 * of amounts.
 *
 * <p>Thread-safe. Recording never throws and allocates nothing for amounts of up to 15 digits.
 */
public final class Amount {
  private static final Logger logger = LoggerFactory.getLogger(Amount.class);

  private final String name;
  private final int decimals;
  private final double unit;
  private final DistributionSummary histogram;
  private final LongAdder total = new LongAdder();
  private final Rejections rejections;
  private final AtomicBoolean broken = new AtomicBoolean();

  private Amount(Builder builder, MeterRegistry registry) {
    this.name = builder.name;
    this.decimals = builder.decimals;
    this.unit = SmallestUnits.perWhole(decimals);
    this.rejections = Rejections.of(name, registry);
    String dotted = name.replace('_', '.');
    this.histogram =
        DistributionSummary.builder(dotted)
            .description(builder.help)
            .serviceLevelObjectives(
                builder.buckets.stream().mapToDouble(Long::doubleValue).toArray())
            .register(registry);
    HeldCounter.register(
        registry,
        dotted + ".exact",
        "Added up without rounding: " + builder.help,
        Tags.empty(),
        () -> total().doubleValue());
  }

  /**
   * Records one amount. What cannot be recorded is counted in {@code ops_metrics_rejected_total}
   * and the first time logged, without the amount: null, below 0, or from 10<sup>15</sup> smallest
   * units on, which with two decimals are ten thousand billions. Decimals beyond the declared ones
   * are rounded half to even.
   *
   * @param amount 0 or more
   */
  public void record(@Nullable BigDecimal amount) {
    long units = amount == null ? SmallestUnits.NONE : SmallestUnits.of(amount, decimals);
    if (units == SmallestUnits.NONE) {
      if (rejections.count()) {
        logger.error(
            "an amount for {} was null, negative or too large and is left out; said once", name);
      }
      return;
    }
    total.add(units);
    try {
      histogram.record(units / unit);
    } catch (RuntimeException e) {
      // The registry may be the host's, with meters of anybody's making.
      if (broken.compareAndSet(false, true)) {
        logger.error("the histogram of {} could not be recorded; said once", name, e);
      }
    }
  }

  /**
   * All amounts up to now, exact while they are less than 9.2 · 10<sup>18</sup> smallest units.
   *
   * @return their sum, with the declared decimals
   */
  public BigDecimal total() {
    return BigDecimal.valueOf(total.sum(), decimals);
  }

  /** Declares amounts. Confined to one thread. */
  public static final class Builder {
    private final OpsMetrics metrics;
    private final String name;
    private final String help;
    private List<Long> buckets = List.of(1L, 5L, 10L, 25L, 50L, 100L, 250L, 500L, 1_000L);
    private int decimals = 2;

    Builder(OpsMetrics metrics, String name, String help) {
      if (!OperationRules.isSnakeCase(name) || name.endsWith("_total")) {
        throw new IllegalArgumentException(
            "amount name '%s' must be snake case without _total, like payment_amount_dollars"
                .formatted(name));
      }
      OperationRules.checkHelp("amount", name, help);
      this.metrics = metrics;
      this.name = name;
      this.help = help;
    }

    /**
     * The upper bounds of the histogram.
     *
     * @param bounds above 0, ascending, 1 to 50; default 1, 5, 10, 25, 50, 100, 250, 500, 1000
     * @return this
     */
    public Builder buckets(long... bounds) {
      this.buckets = LongStream.of(bounds).boxed().toList();
      return this;
    }

    /**
     * How many decimals an amount has.
     *
     * @param decimals 0 to 6; default 2
     * @return this
     */
    public Builder decimals(int decimals) {
      this.decimals = decimals;
      return this;
    }

    /**
     * Registers the meters.
     *
     * @return the amounts; keep it
     * @throws IllegalArgumentException if the buckets do not ascend, the decimals are out of range,
     *     or the name is taken
     */
    public Amount register() {
      if (decimals < 0 || decimals > 6) {
        throw new IllegalArgumentException(
            "decimals of amount '%s' is %d, must be 0 to 6".formatted(name, decimals));
      }
      Buckets.check("buckets of amount '%s':".formatted(name), buckets, 0L);
      metrics.claim("amount '" + name + "'", name, name + "_max", name + "_exact");
      return new Amount(this, metrics.registry());
    }
  }
}
