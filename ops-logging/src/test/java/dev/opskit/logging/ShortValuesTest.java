package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A value that is too short to be masked says so, once and without itself. */
class ShortValuesTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(SensitiveValues.class);
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
  private final SensitiveValues values = new SensitiveValues();

  @BeforeEach
  void listen() {
    heard.start();
    logger.addAppender(heard);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(heard);
    logger.setAdditive(true);
  }

  @Test
  void theFirstValueThatIsTooShortIsWarnedOf() {
    register("hunter2");
    register("qwertz");
    assertEquals(1, heard.list.size());
    ILoggingEvent warning = heard.list.get(0);
    assertEquals(Level.WARN, warning.getLevel());
    String text = warning.getFormattedMessage();
    assertFalse(text.contains("hunter2") || text.contains("7"), text);
  }

  @Test
  void eachRegistryWarnsForItself() {
    register("hunter2");
    new SensitiveValues().register(new byte[3]);
    assertEquals(2, heard.list.size());
  }

  @Test
  void aValueThatIsLongEnoughIsNotWarnedOf() {
    register("hunter22");
    assertEquals(0, heard.list.size());
  }

  private void register(String value) {
    values.register(value.getBytes(StandardCharsets.UTF_8));
  }
}
