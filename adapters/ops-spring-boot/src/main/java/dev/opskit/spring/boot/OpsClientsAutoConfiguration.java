package dev.opskit.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Stamps the requests of HTTP clients that Spring Boot's builders make. */
@AutoConfiguration
final class OpsClientsAutoConfiguration {
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({RestClientCustomizer.class, RestClient.class})
  static final class Blocking {
    @Bean
    @ConditionalOnMissingBean(name = "opsRestClientCustomizer")
    RestClientCustomizer opsRestClientCustomizer() {
      return client -> client.requestInterceptor(StampedRequests.blocking());
    }

    @Bean
    @ConditionalOnMissingBean(name = "opsRestTemplateCustomizer")
    RestTemplateCustomizer opsRestTemplateCustomizer() {
      return client -> client.getInterceptors().add(StampedRequests.blocking());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({WebClientCustomizer.class, WebClient.class})
  static final class Reactive {
    @Bean
    @ConditionalOnMissingBean(name = "opsWebClientCustomizer")
    WebClientCustomizer opsWebClientCustomizer() {
      return client -> client.filter(StampedExchanges.filter());
    }
  }
}
