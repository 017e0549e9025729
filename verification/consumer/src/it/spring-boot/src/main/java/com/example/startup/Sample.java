package com.example.startup;

import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Knows nothing of opskit, so that it runs with and without it. Says what its start took. */
@SpringBootApplication
@RestController
public class Sample {
  public static void main(String[] arguments) {
    ConfigurableApplicationContext context = SpringApplication.run(Sample.class, arguments);
    long uptimeMillis = ManagementFactory.getRuntimeMXBean().getUptime();
    long cpuMillis =
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    int beans = context.getBeanDefinitionCount();
    System.out.println("started " + uptimeMillis + " " + cpuMillis + " " + beans);
    Runtime.getRuntime().halt(0);
  }

  @GetMapping("/")
  String hello() {
    return "hello";
  }
}
