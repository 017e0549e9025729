package dev.opskit.verification.integration.servers;

import dev.opskit.core.health.HealthCheck;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** The service as a controller of Spring Boot, with opskit as its auto-configuration makes it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SpringService.Controller.class)
class SpringService {
  static ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(SpringService.class)
        .properties("server.port=0", "server.address=127.0.0.1")
        .properties("spring.main.banner-mode=off", "spring.application.version=1.0")
        .properties("ops.health.checks.printer.scope=shared", "ops.access-log=false")
        .registerShutdownHook(false)
        .run();
  }

  @Bean
  HealthCheck queue() {
    return Ops.QUEUE;
  }

  @Bean
  HealthCheck printer() {
    return Ops.PRINTER;
  }

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService elsewhere() {
    return Executors.newFixedThreadPool(4);
  }

  @RestController
  static class Controller {
    private final ExecutorService elsewhere;

    Controller(ExecutorService elsewhere) {
      this.elsewhere = elsewhere;
    }

    @RequestMapping("/fine/{id}")
    String fine(@PathVariable String id) {
      return "text";
    }

    @RequestMapping("/busy/{id}")
    ResponseEntity<String> busy(@PathVariable String id) {
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("text");
    }

    @RequestMapping("/fails/{id}")
    String fails(@PathVariable String id) {
      throw new IllegalStateException("expected");
    }

    @RequestMapping("/async/{id}")
    CompletableFuture<String> async(@PathVariable String id) {
      return CompletableFuture.supplyAsync(() -> "text", elsewhere);
    }

    @RequestMapping("/late/{id}")
    DeferredResult<String> late(@PathVariable String id) {
      return new DeferredResult<>((long) ServletService.SHORT_MILLIS);
    }
  }
}
