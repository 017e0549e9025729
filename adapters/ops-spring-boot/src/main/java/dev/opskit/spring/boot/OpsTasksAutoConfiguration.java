package dev.opskit.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.TaskDecorator;

/** Lets the tasks of Spring Boot's executor and scheduler run in a correlation context. */
@AutoConfiguration
final class OpsTasksAutoConfiguration {
  /** Beside the application's own decorators, with which Spring Boot combines it. */
  @Bean
  @ConditionalOnMissingBean(name = "opsTaskDecorator")
  TaskDecorator opsTaskDecorator() {
    return new CorrelatedTasks();
  }
}
