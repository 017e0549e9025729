package dev.opskit.verification.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import co.elastic.logging.logback.EcsEncoder;
import dev.opskit.logging.JsonEncoder;
import java.util.function.Function;
import net.logstash.logback.encoder.LogstashEncoder;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/** An encoder of log events as a service would use it. */
enum LogPeer {
  OPSKIT,
  LOGBACK,
  LOGSTASH,
  ECS,
  LOG4J;

  /** Encodes an event of {@link LogEvents}: of log4j for {@link #LOG4J}, else of logback. */
  Function<Object, byte[]> encoder() {
    return switch (this) {
      case OPSKIT -> {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setService("orders");
        encoder.setVersion("1.2.3");
        encoder.setEnvironment("production");
        yield of(encoder);
      }
      case LOGBACK -> {
        // The others write the message with its arguments in it, too.
        var encoder = new ch.qos.logback.classic.encoder.JsonEncoder();
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        yield of(encoder);
      }
      case LOGSTASH -> of(new LogstashEncoder());
      case ECS -> {
        EcsEncoder encoder = new EcsEncoder();
        encoder.setServiceName("orders");
        encoder.setServiceVersion("1.2.3");
        encoder.setServiceEnvironment("production");
        yield of(encoder);
      }
      case LOG4J -> {
        JsonTemplateLayout layout = templateLayout();
        yield event -> layout.toByteArray((LogEvent) event);
      }
    };
  }

  /** Encodes as this logging framework's appenders do it: those of log4j want no array a line. */
  Function<Object, byte[]> appending() {
    if (this != LOG4J) {
      return encoder();
    }
    JsonTemplateLayout layout = templateLayout();
    KeptBuffer destination = new KeptBuffer();
    return event -> {
      destination.clear();
      layout.encode((LogEvent) event, destination);
      return destination.kept();
    };
  }

  private static JsonTemplateLayout templateLayout() {
    return JsonTemplateLayout.newBuilder()
        .setConfiguration(new DefaultConfiguration())
        .setEventTemplateUri("classpath:EcsLayout.json")
        .build();
  }

  Object event(LogEvents events, boolean failed) {
    return this == LOG4J ? events.log4j(failed) : events.logback(failed);
  }

  private static Function<Object, byte[]> of(Encoder<ILoggingEvent> encoder) {
    encoder.setContext(new LoggerContext());
    encoder.start();
    return event -> encoder.encode((ILoggingEvent) event);
  }
}
