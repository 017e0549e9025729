package dev.opskit.spring.boot;

import dev.opskit.core.http.RequestObserver;
import dev.opskit.logging.AccessLog;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.servlet.OpsFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Correlation for each request, told to every {@link RequestObserver} of the application. */
@AutoConfiguration(
    after = {
      OpsMetricsAutoConfiguration.class,
      OpsHealthAutoConfiguration.class,
      OpsEndpointsAutoConfiguration.class
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(OpsProperties.class)
final class OpsServletAutoConfiguration {
  @Bean
  @ConditionalOnMissingFilterBean
  FilterRegistrationBean<OpsFilter> opsFilter(ObjectProvider<RequestObserver> observers) {
    FilterRegistrationBean<OpsFilter> filter =
        new FilterRegistrationBean<>(
            OpsFilter.of(observers.orderedStream().toArray(RequestObserver[]::new)));
    filter.setName("opskit");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    filter.setDispatcherTypes(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    return filter;
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "ops.access-log", matchIfMissing = true)
  @ConditionalOnMissingBean
  AccessLog opsAccessLog() {
    return new AccessLog();
  }

  @Bean
  @ConditionalOnMissingBean(name = "opsHttpMetrics")
  HttpMetrics opsHttpMetrics(
      OpsMetrics metrics,
      OpsProperties properties,
      ObjectProvider<MountedEndpoints> endpoints,
      ObjectProvider<ControllerRoutes> controllers) {
    return new HttpMetrics(
        () -> {
          Set<String> routes = new LinkedHashSet<>(properties.metrics().routes());
          controllers.ifAvailable(found -> routes.addAll(found.patterns()));
          endpoints.ifAvailable(found -> routes.addAll(found.routes().paths()));
          return metrics.http(routes);
        });
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(WebMvcConfigurer.class)
  static final class Mvc {
    @Bean
    @ConditionalOnMissingBean
    ControllerRoutes opsControllerRoutes(
        ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
      return () ->
          mappings
              .orderedStream()
              .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
              .flatMap(info -> info.getPatternValues().stream())
              .toList();
    }

    @Bean
    @ConditionalOnMissingBean(name = "opsRouteInterceptor")
    WebMvcConfigurer opsRouteInterceptor() {
      return new WebMvcConfigurer() {
        @Override
        public void addInterceptors(InterceptorRegistry registry) {
          registry.addInterceptor(new RouteInterceptor()).order(Ordered.HIGHEST_PRECEDENCE);
        }
      };
    }
  }
}
