package dev.opskit.spring.boot;

import dev.opskit.testkit.core.RunningServer;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** A Spring Boot application with what its class path brings, on a free port of 127.0.0.1. */
final class StartedApplication {
  private StartedApplication() {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  static class Application {}

  /** The least that serves requests: the contracts start it often. */
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    OpsMetricsAutoConfiguration.class,
    OpsHealthAutoConfiguration.class,
    OpsEndpointsAutoConfiguration.class,
    OpsServletAutoConfiguration.class
  })
  static class Small {}

  /** Further beans, registered as an application would define them. */
  interface Beans {
    void addTo(GenericApplicationContext context);
  }

  static ConfigurableApplicationContext start(
      Beans beans, Class<?> configuration, String... properties) {
    return new SpringApplicationBuilder(configuration)
        .properties(Map.of("server.port", "0", "server.address", "127.0.0.1"))
        .properties("spring.main.banner-mode=off", "spring.jmx.enabled=false")
        .properties(properties)
        .registerShutdownHook(false)
        .initializers(context -> beans.addTo((GenericApplicationContext) context))
        .run();
  }

  static RunningServer server(ConfigurableApplicationContext context) {
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    return new RunningServer(port, context);
  }
}
