package dev.opskit.spring.boot;

import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.servlet.OpsServlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Serves the probes, the metrics and all {@link OpsRoutes} of the application. */
@AutoConfiguration(after = {OpsMetricsAutoConfiguration.class, OpsHealthAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "ops.endpoints.enabled", matchIfMissing = true)
@EnableConfigurationProperties(OpsProperties.class)
final class OpsEndpointsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  MountedEndpoints opsMountedEndpoints(ObjectProvider<OpsRoutes> routes, OpsMetrics metrics) {
    OpsRoutes all = routes.orderedStream().reduce(OpsRoutes::and).orElseThrow();
    return new MountedEndpoints(metrics.canBeScraped() ? all.and(metrics.endpoints()) : all);
  }

  @Bean
  @Lazy
  @ConditionalOnProperty("ops.endpoints.port")
  @ConditionalOnMissingBean
  JdkOpsServer opsServer(MountedEndpoints endpoints, OpsProperties properties) {
    return JdkOpsServer.builder()
        .host(properties.endpoints().host())
        .port(properties.endpoints().port())
        .mount(endpoints.routes())
        .start();
  }

  /** Not before the application takes requests, or its probe would say so too soon. */
  @Bean
  @ConditionalOnProperty("ops.endpoints.port")
  @ConditionalOnMissingBean(name = "opsServerStart")
  ApplicationListener<ApplicationStartedEvent> opsServerStart(ObjectProvider<JdkOpsServer> server) {
    return event -> server.getObject();
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static final class InTheContainer {
    // There is no condition for a property that is not set: no port has this name.
    @Bean
    @ConditionalOnProperty(name = "ops.endpoints.port", matchIfMissing = true, havingValue = "none")
    @ConditionalOnMissingBean(name = "opsServlet")
    ServletContextInitializer opsServlet(MountedEndpoints endpoints) {
      return context -> OpsServlet.of(endpoints.routes()).addTo(context);
    }
  }
}
