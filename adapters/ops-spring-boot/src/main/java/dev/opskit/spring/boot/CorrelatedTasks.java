package dev.opskit.spring.boot;

import dev.opskit.core.correlation.CorrelationContext;
import org.springframework.core.task.TaskDecorator;

/**
 * Runs a task in the context that is current when it is handed over. Where there is none, as for a
 * scheduled task, each run has one of its own.
 */
final class CorrelatedTasks implements TaskDecorator {
  @Override
  public Runnable decorate(Runnable task) {
    CorrelationContext captured = CorrelationContext.current();
    return () -> {
      CorrelationContext context = captured == null ? CorrelationContext.create() : captured;
      try (CorrelationContext.Scope scope = context.open()) {
        task.run();
      }
    };
  }
}
