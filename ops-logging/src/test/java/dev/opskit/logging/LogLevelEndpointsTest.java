package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLevelEndpointsTest {
  private static final String PATH = "/loggers/com.example.Shop";

  private final LoggerContext context = new LoggerContext();
  private final Logger shop = context.getLogger("com.example.Shop");
  private final ManualScheduler scheduler = new ManualScheduler();
  private final LogLevels levels =
      LogLevels.builder().context(context).executor(scheduler).time(scheduler.time).build();
  private final OpsRoutes routes = LogLevelEndpoints.of(levels, request -> true);

  @AfterEach
  void close() {
    levels.close();
    scheduler.shutdownNow();
  }

  @Test
  void aLevelIsChangedForAWhile() {
    Map<String, Object> answer =
        json(200, ask("PUT", PATH, " {\"level\" : \"trace\", \"duration\":\"PT5M\"}\n"));
    assertEquals("com.example.Shop", answer.get("logger"));
    assertEquals("TRACE", answer.get("level"));
    assertEquals("2026-01-01T00:05:00Z", answer.get("until"));
    assertTrue(answer.containsKey("original") && answer.get("original") == null);
    assertEquals(Level.TRACE, shop.getLevel());
    assertEquals(answer, json(200, ask("GET", PATH, "")));
    scheduler.advance(Duration.ofMinutes(5));
    assertNull(shop.getLevel());
    answer = json(200, ask("GET", PATH, ""));
    assertEquals("DEBUG", answer.get("effectiveLevel"));
    assertTrue(answer.get("level") == null && !answer.containsKey("until"));
  }

  @Test
  void withoutADurationItIsAQuarterOfAnHour() {
    Map<String, Object> answer = json(200, ask("PUT", "/loggers/root", "{\"level\":\"OFF\"}"));
    assertEquals("ROOT", answer.get("logger"));
    assertEquals("2026-01-01T00:15:00Z", answer.get("until"));
    assertEquals("DEBUG", answer.get("original"));
  }

  @Test
  void itIsGivenBackAtOnceWhenAskedFor() {
    levels.set("com.example.Shop", "TRACE");
    assertNull(json(200, ask("DELETE", PATH, "")).get("level"));
    assertNull(shop.getLevel());
    json(200, ask("DELETE", PATH, ""));
  }

  @Test
  @SuppressWarnings("unchecked")
  void allLoggersAreListed() {
    levels.set("com.example", "WARN");
    List<Map<String, Object>> all =
        (List<Map<String, Object>>) json(200, ask("GET", "/loggers", "")).get("loggers");
    assertEquals(
        List.of("ROOT", "com", "com.example", "com.example.Shop"),
        all.stream().map(one -> one.get("logger")).toList());
    assertEquals(
        List.of("DEBUG", "DEBUG", "WARN", "WARN"),
        all.stream().map(one -> one.get("effectiveLevel")).toList());
    assertEquals(
        List.of("com.example"),
        all.stream().filter(one -> one.containsKey("until")).map(o -> o.get("logger")).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "DEBUG",
        "{}",
        "[\"level\",\"DEBUG\"]",
        "{\"level\":null}",
        "{\"level\":\"DEBUG\"} x",
        "{\"level\":\"DEBUG\",}",
        "{\"duration\":\"PT1M\"}",
        "{\"level\":\"DEBUG\",\"level\":\"INFO\"}",
        "{\"level\":\"DEBUG\",\"until\":\"tomorrow\"}",
        "{\"level\":\"DEBUG\",\"duration\":\"PT1M\",\"more\":\"x\"}",
        "{\"level\":\"DE\\u0042UG\"}"
      })
  void aBodyOfAnotherFormIsRefusedWithTheForm(String body) {
    Map<String, Object> answer = json(400, ask("PUT", PATH, body));
    assertEquals(
        "the body must be like {\"level\":\"DEBUG\",\"duration\":\"PT15M\"}", answer.get("error"));
    assertNull(shop.getLevel());
  }

  @ParameterizedTest
  @CsvSource({
    "LOUD,PT1M,level is 'LOUD'",
    "DEBUG,soon,duration is 'soon'",
    "DEBUG,PT0S,duration is PT0S",
    "DEBUG,P2D,duration is PT48H"
  })
  void aWrongValueIsNamed(String level, String duration, String named) {
    String body = "{\"level\":\"" + level + "\",\"duration\":\"" + duration + "\"}";
    String error = String.valueOf(json(400, ask("PUT", PATH, body)).get("error"));
    assertTrue(error.startsWith(named) && error.contains("must be"), error);
    assertNull(shop.getLevel());
  }

  @Test
  void hugeBodiesAreRefusedAtOnce() {
    String huge = "{\"level\":\"" + "\"a:,{}".repeat(10_000) + "\"}";
    json(400, ask("PUT", PATH, huge));
    String longLevel = "{\"level\":\"" + "x".repeat(400) + "\"}";
    String error = String.valueOf(json(400, ask("PUT", PATH, longLevel)).get("error"));
    assertTrue(error.length() < 150, error);
  }

  @Test
  void aLoggerThatIsNotInUseIsNotFoundAndNotMade() {
    json(404, ask("PUT", "/loggers/com.exmaple", "{\"level\":\"DEBUG\"}"));
    json(404, ask("GET", "/loggers/", ""));
    assertNull(context.exists("com.exmaple"));
  }

  @Test
  void nothingIsShownOrChangedForACallerThatIsNotAuthorised() {
    OpsRoutes guarded =
        LogLevelEndpoints.of(levels, request -> "yes".equals(request.header("may")));
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
      json(403, guarded.handle(request(method, PATH, "{\"level\":\"TRACE\"}")));
    }
    json(403, guarded.handle(request("GET", "/loggers", "")));
    json(403, guarded.handle(request("GET", "/loggers/nobody", "")));
    assertNull(shop.getLevel());
    OpsRequest allowed =
        new OpsRequest("GET", "/loggers", null, Map.of("may", List.of("yes")), new byte[0], null);
    json(200, guarded.handle(allowed));
  }

  @Test
  void aChangeWithoutAWayBackIsRefused() {
    scheduler.refuses = true;
    json(503, ask("PUT", PATH, "{\"level\":\"TRACE\"}"));
    assertNull(shop.getLevel());
  }

  @Test
  void aFormOfABrowserCannotChangeAnything() {
    OpsResponse answer = ask("POST", PATH, "{\"level\":\"TRACE\"}");
    assertEquals(405, answer.status());
    assertEquals("GET, HEAD, PUT, DELETE", answer.headers().get("Allow"));
    assertEquals(405, ask("PUT", "/loggers", "{\"level\":\"TRACE\"}").status());
    assertNull(shop.getLevel());
  }

  private OpsResponse ask(String method, String path, String body) {
    return routes.handle(request(method, path, body));
  }

  private static OpsRequest request(String method, String path, String body) {
    return new OpsRequest(
        method, path, null, Map.of(), body.getBytes(StandardCharsets.UTF_8), null);
  }

  private static Map<String, Object> json(int status, OpsResponse response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertEquals(status, response.status(), body);
    return StrictJson.object(response.body());
  }
}
