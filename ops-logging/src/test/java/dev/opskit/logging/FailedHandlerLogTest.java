package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.http.jdk.JdkRequestFilter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the server adapter of the core logs of a handler that failed. */
@Timeout(30)
class FailedHandlerLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(JdkRequestFilter.class);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    appender.start();
    logger.setAdditive(false);
    logger.addAppender(appender);
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server
        .createContext(
            "/",
            exchange -> {
              throw new IllegalStateException("expected");
            })
        .getFilters()
        .add(JdkRequestFilter.of(RouteTemplates.of("/reset/{token}")));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    logger.detachAppender(appender);
    logger.setAdditive(true);
  }

  private int get(String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    return connection.getResponseCode();
  }

  @Test
  void theRouteIsNamedAndNotThePath() throws IOException {
    assertEquals(500, get("/reset/0123456789"));
    assertEquals(500, get("/no/0123456789"));
    assertEquals(
        List.of("the handler of /reset/{token} failed", "the handler of an unmatched route failed"),
        appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }
}
