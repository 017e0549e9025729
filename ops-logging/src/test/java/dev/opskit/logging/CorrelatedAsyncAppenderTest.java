package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ch.qos.logback.classic.Logger;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.masking.SensitiveValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorrelatedAsyncAppenderTest {
  private final Lines lines = new Lines(new SensitiveValues());

  @Test
  void eachLineHasTheIdOfTheThreadThatLoggedIt() throws InterruptedException {
    CorrelatedAsyncAppender async = new CorrelatedAsyncAppender();
    async.setContext(lines.context);
    async.setDiscardingThreshold(0);
    Logger root = lines.context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAppender(lines);
    async.addAppender(lines);
    async.start();
    root.addAppender(async);

    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String id = "id-" + i;
      threads.add(new Thread(() -> logUnder(id)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    lines.logger.info("none");
    async.stop();

    assertEquals(401, lines.count());
    for (Map<String, Object> line : lines.parsed()) {
      if (line.get("message").equals("none")) {
        assertNull(line.get("correlationId"));
      } else {
        assertEquals(line.get("message"), line.get("correlationId"));
      }
    }
  }

  private void logUnder(String id) {
    try (CorrelationContext.Scope scope = CorrelationContext.of(id).open()) {
      for (int i = 0; i < 100; i++) {
        lines.logger.info(id);
      }
    }
  }
}
