package dev.opskit.verification.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.DefaultHealthContributorRegistry;
import tools.jackson.databind.json.JsonMapper;

/**
 * The health endpoint of Spring Boot's Actuator as a plain object, written with a mapper configured
 * as Spring Boot configures it for its endpoints. The indicators return a result made beforehand.
 */
final class SpringPeer implements HealthPeer {
  private static final Health UP = Health.up().build();

  private final HealthEndpoint endpoint;
  private final JsonMapper mapper =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              value ->
                  value.withValueInclusion(Include.NON_NULL).withContentInclusion(Include.NON_NULL))
          .build();

  private SpringPeer(List<Runnable> work) {
    DefaultHealthContributorRegistry registry = new DefaultHealthContributorRegistry();
    for (int i = 0; i < work.size(); i++) {
      Runnable piece = work.get(i);
      HealthIndicator indicator =
          () -> {
            piece.run();
            return UP;
          };
      registry.registerContributor(HealthPeer.nameOf(i), indicator);
    }
    HealthEndpointGroups groups = HealthEndpointGroups.of(new Everything(), Map.of());
    this.endpoint = new HealthEndpoint(registry, null, groups, null);
  }

  static SpringPeer with(List<Runnable> work) {
    return new SpringPeer(work);
  }

  @Override
  public byte[] probe() {
    return mapper.writeValueAsBytes(endpoint.health());
  }

  @Override
  public void answer(HttpExchange exchange) throws IOException {
    HealthDescriptor health = endpoint.health();
    int status = HttpCodeStatusMapper.getDefault().getStatusCode(health.getStatus());
    HealthPeer.send(exchange, status, mapper.writeValueAsBytes(health));
  }

  @Override
  public void close() {
    // Nothing runs between two probes.
  }

  private static final class Everything implements HealthEndpointGroup {
    @Override
    public boolean isMember(String name) {
      return true;
    }

    @Override
    public boolean showComponents(SecurityContext securityContext) {
      return true;
    }

    @Override
    public boolean showDetails(SecurityContext securityContext) {
      return true;
    }

    @Override
    public StatusAggregator getStatusAggregator() {
      return StatusAggregator.getDefault();
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
      return HttpCodeStatusMapper.getDefault();
    }

    @Override
    public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
      return null;
    }
  }
}
