package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.Supplier;

/**
 * How full the heap was after the last collection. What is used between two collections says
 * nothing: garbage counts in it.
 */
final class HeapCheck implements HealthCheck {
  private final double maxUsedRatio;
  private final Supplier<List<MemoryUsage>> afterCollection;

  HeapCheck(double maxUsedRatio) {
    this(maxUsedRatio, HeapCheck::tenuredAfterCollection);
  }

  HeapCheck(double maxUsedRatio, Supplier<List<MemoryUsage>> afterCollection) {
    if (!(maxUsedRatio > 0 && maxUsedRatio <= 1)) {
      throw new IllegalArgumentException(
          "maxUsedRatio is " + maxUsedRatio + ", must be above 0 and at most 1");
    }
    this.maxUsedRatio = maxUsedRatio;
    this.afterCollection = afterCollection;
  }

  @Override
  public HealthResult check(CheckContext context) {
    long used = 0;
    long max = 0;
    for (MemoryUsage pool : afterCollection.get()) {
      used += pool.getUsed();
      max += pool.getMax();
    }
    if (max == 0) {
      return HealthResult.up();
    }
    HealthResult result =
        used <= maxUsedRatio * max
            ? HealthResult.up()
            : HealthResult.degraded(HealthCause.EXHAUSTED, "the heap is nearly full of live data");
    return result.with("usedBytes", used).with("maxBytes", max);
  }

  /** The pools with a limit: survivors and eden have none of their own in most collectors. */
  private static List<MemoryUsage> tenuredAfterCollection() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(usage -> usage != null && usage.getMax() > 0)
        .toList();
  }

  @Override
  public DependencyScope scope() {
    return DependencyScope.LOCAL;
  }
}
