package dev.opskit.spring.boot;

import static dev.opskit.spring.boot.MetricsTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.health.CheckReport;
import dev.opskit.health.Health;
import dev.opskit.health.HealthReport;
import dev.opskit.health.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

class HealthTest {
  private static final HealthCheck DOWN =
      context -> HealthResult.down(HealthCause.REFUSED, "the password is swordfish");

  @TempDir private Path folder;

  @Test
  void everyCheckIsRegisteredUnderTheNameOfItsBean() {
    Contexts.plain()
        .withBean("queueHealthCheck", HealthCheck.class, () -> c -> HealthResult.up())
        .withBean("disk", HealthCheck.class, () -> DOWN)
        .withPropertyValues(
            "ops.health.checks.disk.probes=liveness", "ops.health.checks.disk.scope=local")
        .run(
            context -> {
              assertEquals(Set.of("queue"), names(report(context, Probe.READINESS)));
              assertEquals(Set.of("disk"), names(report(context, Probe.LIVENESS)));
              assertTrue(report(context, Probe.READINESS).available());
              assertFalse(report(context, Probe.LIVENESS).available());
            });
  }

  @Test
  void everyOptionOfACheckIsAPropertyAndIsCheckedWhereItIsUsed() {
    Map<String, String> refused =
        Map.of(
            "timeout=1h", "timeout of check 'queue' is PT1H",
            "interval=1ms", "check 'queue'",
            "interval-while-down=1h", "intervalWhileDown of check 'queue' is PT1H",
            "max-age=1s", "maxAge of check 'queue' is PT1S",
            "failure-threshold=0", "failureThreshold of check 'queue' is 0",
            "success-threshold=101", "successThreshold of check 'queue' is 101",
            "probes=liveness", "check 'queue' is PRIVATE and may not count for LIVENESS");
    refused.forEach(
        (option, message) ->
            Contexts.plain()
                .withBean("queue", HealthCheck.class, () -> c -> HealthResult.up())
                .withPropertyValues("ops.health.checks.queue." + option)
                .run(context -> assertRefused(context.getStartupFailure(), message)));
    Contexts.plain()
        .withBean("queue", HealthCheck.class, () -> DOWN)
        .withPropertyValues(
            "ops.health.checks.queue.critical=false",
            "ops.health.checks.queue.on-demand=true",
            "ops.health.checks.queue.tags=a,b")
        .run(
            context -> {
              HealthReport ready = report(context, Probe.READINESS);
              assertTrue(ready.available());
              assertEquals(Set.of("a", "b"), ready.checks().get(0).tags());
            });
  }

  @Test
  void optionsOfACheckThatThereIsNotAreRefused() {
    Contexts.plain()
        .withBean("queue", HealthCheck.class, () -> DOWN)
        .withPropertyValues("ops.health.checks.qeue.timeout=1s")
        .run(
            context ->
                assertRefused(
                    context.getStartupFailure(),
                    "ops.health.checks names [qeue], but the checks are [queue]"));
  }

  @Test
  void actuatorsIndicatorsAreChecksWhereThePropertySaysSo() {
    Contexts.withActuator()
        .withBean("mailHealthIndicator", HealthIndicator.class, () -> indicator(Status.UP))
        .withPropertyValues("ops.health.indicators=mail,diskSpace")
        .run(
            context -> {
              HealthReport ready = report(context, Probe.READINESS);
              assertEquals(Set.of("mail", "diskSpace"), names(ready));
              assertTrue(ready.available());
            });
    assertEquals(HealthResult.up(), asChecked(Status.UP));
    assertEquals(HealthResult.down(HealthCause.FAILED, "DOWN: no route"), asChecked(Status.DOWN));
    assertEquals(
        HealthResult.down(HealthCause.FAILED, "OUT_OF_SERVICE: no route"),
        asChecked(Status.OUT_OF_SERVICE));
    assertEquals(
        HealthResult.unknown(HealthCause.FAILED, "UNKNOWN: no route"), asChecked(Status.UNKNOWN));
  }

  @Test
  void indicatorsThatThereAreNotAreRefused() {
    Contexts.withActuator()
        .withPropertyValues("ops.health.indicators=dbb")
        .run(
            context ->
                assertRefused(
                    context.getStartupFailure(),
                    "ops.health.indicators names 'dbb', but Actuator's indicators are ["));
    Contexts.plain()
        .withPropertyValues("ops.health.indicators=db")
        .run(
            context ->
                assertRefused(
                    context.getStartupFailure(),
                    "ops.health.indicators is [db], but there is no Actuator"));
  }

  @Test
  void aMaintenanceFileOutlivesTheContext() {
    String file = "ops.health.maintenance-file=" + folder.resolve("maintenance.json");
    Contexts.plain()
        .withPropertyValues(file)
        .run(
            context ->
                context
                    .getBean(Health.class)
                    .maintenance()
                    .enter(
                        new MaintenanceWindow(
                            "me", "an upgrade", Instant.now().plusSeconds(3600))));
    Contexts.plain()
        .withPropertyValues(file)
        .run(context -> assertFalse(report(context, Probe.READINESS).available()));
  }

  private static HealthResult asChecked(Status status) {
    return new IndicatorCheck(indicator(status)).check(() -> Duration.ofSeconds(1));
  }

  private static HealthIndicator indicator(Status status) {
    return () ->
        org.springframework.boot.health.contributor.Health.status(status)
            .withDetail("error", "no route")
            .build();
  }

  static HealthReport report(ApplicationContext context, Probe probe) {
    Health health = context.getBean(Health.class);
    HealthReport report = health.report(probe);
    long start = System.nanoTime();
    while (report.checks().stream().anyMatch(check -> check.age() == null)
        && System.nanoTime() - start < Duration.ofSeconds(30).toNanos()) {
      Thread.onSpinWait();
      report = health.report(probe);
    }
    return report;
  }

  private static Set<String> names(HealthReport report) {
    return report.checks().stream().map(CheckReport::name).collect(Collectors.toSet());
  }
}
