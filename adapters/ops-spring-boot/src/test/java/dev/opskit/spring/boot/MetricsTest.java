package dev.opskit.spring.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.metrics.OpsMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

class MetricsTest {
  @Test
  void withoutARegistryThereIsOneOfOurOwnWithTheMetersOfTheJvm() {
    Contexts.plain()
        .run(
            context -> {
              OpsMetrics metrics = context.getBean(OpsMetrics.class);
              assertInstanceOf(PrometheusMeterRegistry.class, metrics.registry());
              assertNotNull(metrics.registry().find("jvm.memory.used").gauge());
              assertTrue(mounts(context, "/metrics"));
            });
  }

  @Test
  void theApplicationsRegistryIsUsedAndItsJvmMetersAreLeftToSpringBoot() {
    Contexts.withActuator()
        .run(
            context -> {
              MeterRegistry registry = context.getBean(MeterRegistry.class);
              assertSame(registry, context.getBean(OpsMetrics.class).registry());
              assertInstanceOf(PrometheusMeterRegistry.class, registry);
              assertNull(registry.find("jvm.memory.used").gauge());
              assertTrue(mounts(context, "/metrics"));
            });
  }

  @Test
  void aRegistryThatCannotBeScrapedHasNoPage() {
    Contexts.plain()
        .withBean(SimpleMeterRegistry.class)
        .run(
            context -> {
              assertSame(
                  context.getBean(SimpleMeterRegistry.class),
                  context.getBean(OpsMetrics.class).registry());
              assertFalse(mounts(context, "/metrics"));
              assertTrue(mounts(context, "/ready"));
            });
  }

  @Test
  void optionsOutOfTheirRangeAreRefusedByName() {
    Contexts.plain()
        .withPropertyValues("ops.metrics.max-routes=-1")
        .run(context -> assertRefused(context.getStartupFailure(), "maxRoutes is -1, must be"));
    Contexts.plain()
        .withPropertyValues("ops.metrics.http-buckets=2s,1s")
        .run(context -> assertRefused(context.getStartupFailure(), "httpBuckets"));
  }

  private static boolean mounts(ApplicationContext context, String path) {
    return context.getBean(MountedEndpoints.class).routes().paths().contains(path);
  }

  static void assertRefused(Throwable failure, String message) {
    assertNotNull(failure, "it started in spite of: " + message);
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    assertTrue(String.valueOf(root.getMessage()).contains(message), root.toString());
  }
}
