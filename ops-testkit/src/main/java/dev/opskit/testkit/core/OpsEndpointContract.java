package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link OpsEndpoint} keeps to that answers GET. Implement it in a JUnit test class. */
@Timeout(60)
public interface OpsEndpointContract {

  /**
   * The endpoint.
   *
   * @return ready to answer
   */
  OpsEndpoint endpoint();

  /**
   * Where it is mounted.
   *
   * @return default {@code /}
   */
  default String path() {
    return "/";
  }

  /**
   * The methods that it knows.
   *
   * @return default GET and HEAD, which belong to every set
   */
  default Set<String> methods() {
    return Set.of("GET", "HEAD");
  }

  @Test
  default void getIsAnsweredAndSaysItsType() throws Exception {
    OpsEndpoint endpoint = endpoint();
    OpsResponse response = answer(endpoint, request("GET", null, Map.of()));
    assertNotNull(header(response, "Content-Type"), "Content-Type");
    assertTrue(response.body().length > 0, "GET has a body");
  }

  @Test
  default void headIsAnsweredLikeGet() throws Exception {
    OpsEndpoint endpoint = endpoint();
    OpsResponse get = answer(endpoint, request("GET", null, Map.of()));
    OpsResponse head = answer(endpoint, request("HEAD", null, Map.of()));
    assertEquals(get.status(), head.status());
    assertEquals(header(get, "Content-Type"), header(head, "Content-Type"));
    assertTrue(head.body().length > 0, "the adapter leaves the body out, it needs its length");
  }

  @Test
  default void anyOtherMethodIs405WithAllow() throws Exception {
    OpsEndpoint endpoint = endpoint();
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW", ""}) {
      if (!methods().contains(method)) {
        OpsResponse response = answer(endpoint, request(method, null, Map.of()));
        assertEquals(405, response.status(), () -> "the status of method '" + method + "'");
        String allow = header(response, "Allow");
        assertEquals(
            methods(),
            allow == null ? null : Set.of(allow.split(" *, *")),
            "Allow, as RFC 9110 demands it of a 405");
      }
    }
  }

  @Test
  default void hostileRequestsNeitherBreakItNorShowTheInside() throws Exception {
    OpsEndpoint endpoint = endpoint();
    int usual = answer(endpoint, request("GET", null, Map.of())).status();
    String[] texts = {
      "%", "%zz", "=&=&&", "name[]=%00", "\r\nX-Injected: yes", "\ud800", "x".repeat(50_000)
    };
    for (String text : texts) {
      Map<String, List<String>> headers =
          Map.of(
              "accept", List.of(text, "*/*;q=abc"),
              "accept-encoding", List.of(text),
              "if-none-match", List.of(text),
              "content-type", List.of(text));
      for (String query : new String[] {text, "name[]=" + text, "format=" + text}) {
        OpsResponse response = answerOrRefusal(endpoint, request("GET", query, headers));
        if (response != null) {
          assertShowsNothing(response);
          assertTrue(
              response.status() < 500 || response.status() == usual,
              () -> "a client can make it fail with " + response.status());
        }
      }
    }
  }

  @Test
  default void manyThreadsAskAtTheSameTime() throws Exception {
    OpsEndpoint endpoint = endpoint();
    int status = answer(endpoint, request("GET", null, Map.of())).status();
    Crowd.act(
        number -> {
          for (int i = 0; i < 20; i++) {
            assertEquals(status, answer(endpoint, request("GET", null, Map.of())).status());
          }
        });
  }

  private static void assertShowsNothing(OpsResponse response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    // Also where JSON has escaped the tabulator.
    Pattern stackTrace =
        Pattern.compile("(\\b|\\\\t)at [\\w.$/<>]+\\((\\w+\\.java(:\\d+)?|Native Method)\\)");
    assertFalse(stackTrace.matcher(body).find(), () -> "a stack trace: " + body);
    response
        .headers()
        .forEach(
            (name, value) ->
                assertTrue(
                    value.chars().noneMatch(c -> c < ' '),
                    () -> "a control character in the header " + name + ": " + value));
  }

  /** Null if the endpoint refused it: the routes answer 400 then, without details. */
  private static @Nullable OpsResponse answerOrRefusal(OpsEndpoint endpoint, OpsRequest request)
      throws Exception {
    try {
      return answer(endpoint, request);
    } catch (IllegalArgumentException refused) {
      return null;
    }
  }

  private OpsRequest request(
      String method, @Nullable String query, Map<String, List<String>> headers) {
    return new OpsRequest(method, path(), query, headers, new byte[0], null);
  }

  private static OpsResponse answer(OpsEndpoint endpoint, OpsRequest request) throws Exception {
    OpsResponse response =
        assertTimeoutPreemptively(
            Duration.ofSeconds(3), () -> endpoint.handle(request), "an endpoint answers at once");
    assertNotNull(response, "an endpoint never answers null");
    return response;
  }

  private static @Nullable String header(OpsResponse response, String name) {
    return response.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
