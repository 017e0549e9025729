package dev.opskit.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.health.Probe;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.ApplicationContext;

class ActuatorTest {
  private static final HealthCheck DOWN =
      context -> HealthResult.down(HealthCause.REFUSED, "the password is swordfish");

  @Test
  void checksAreShownInTheGroupsOfTheirProbes() {
    Contexts.withActuator()
        .withBean("queue", HealthCheck.class, () -> DOWN)
        .run(
            context -> {
              HealthTest.report(context, Probe.READINESS);
              assertEquals(Status.DOWN, group(context, "readiness").getStatus());
              assertEquals(Status.UP, group(context, "liveness").getStatus());
              HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
              assertEquals(true, groups.get("readiness").isMember("opsReadiness"));
              assertEquals(true, groups.get("readiness").isMember("readinessState"));
              assertFalse(groups.get("liveness").isMember("opsReadiness"));
              Health shown = indicator(context, "opsReadiness").health();
              assertEquals(Map.of("status", "DOWN", "queue", "DOWN REFUSED"), shown.getDetails());
            });
  }

  @Test
  void aServiceThatIsDrainedIsOutOfService() {
    Contexts.withActuator()
        .run(
            context -> {
              assertEquals(Status.UP, group(context, "readiness").getStatus());
              context.getBean(dev.opskit.health.Health.class).drain().begin();
              assertEquals(Status.OUT_OF_SERVICE, group(context, "readiness").getStatus());
              assertEquals(Status.UP, group(context, "liveness").getStatus());
              assertEquals(
                  Map.of("status", "DOWN DRAINING"),
                  indicator(context, "opsReadiness").health().getDetails());
            });
  }

  @Test
  void nothingIsShownWhereActuatorIsToldNotTo() {
    Contexts.withActuator()
        .withPropertyValues("management.health.ops.enabled=false")
        .withBean("queue", HealthCheck.class, () -> DOWN)
        .run(
            context -> {
              HealthTest.report(context, Probe.READINESS);
              assertEquals(Status.UP, group(context, "readiness").getStatus());
            });
  }

  private static CompositeHealthDescriptor group(ApplicationContext context, String name) {
    // As a SpringApplication does when it has started.
    AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
    AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    return assertInstanceOf(
        CompositeHealthDescriptor.class, context.getBean(HealthEndpoint.class).healthForPath(name));
  }

  private static HealthIndicator indicator(ApplicationContext context, String name) {
    return assertInstanceOf(
        HealthIndicator.class,
        context.getBean(HealthContributorRegistry.class).getContributor(name));
  }
}
