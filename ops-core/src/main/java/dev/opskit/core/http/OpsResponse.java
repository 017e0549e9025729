package dev.opskit.core.http;

import dev.opskit.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an {@link OpsEndpoint} answers. The body is not copied; do not change it.
 *
 * @param status the HTTP status, 200 to 599
 * @param headers one value by name; the server adapter adds {@code Content-Length} and {@code Date}
 * @param body the body; for HEAD the adapter leaves it out and keeps its length
 */
public record OpsResponse(int status, Map<String, String> headers, byte[] body) {

  /** Checks the status and copies the headers. */
  public OpsResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status is " + status + ", must be 200 to 599");
    }
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * A JSON answer that must not be cached.
   *
   * @param status the HTTP status
   * @param json UTF-8
   * @return the response
   */
  public static OpsResponse json(int status, byte[] json) {
    return new OpsResponse(
        status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), json);
  }

  /**
   * A plain-text answer that must not be cached.
   *
   * @param status the HTTP status
   * @param text the text
   * @return the response
   */
  public static OpsResponse text(int status, String text) {
    return new OpsResponse(
        status,
        Map.of("Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-store"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An error for people: {@code {"error":"…"}}.
   *
   * @param status the HTTP status
   * @param error one sentence; never a stack trace
   * @return the response
   */
  public static OpsResponse error(int status, String error) {
    return json(
        status,
        new JsonWriter().beginObject().name("error").value(error).endObject().toByteArray());
  }

  /**
   * The answer to a method that the endpoint does not know.
   *
   * @param allow the methods that it knows, separated by commas
   * @return 405 with {@code Allow}
   */
  public static OpsResponse methodNotAllowed(String allow) {
    return error(405, "use " + allow).with("Allow", allow);
  }

  /**
   * The same response with a header more.
   *
   * @param name the header's name
   * @param value its value; replaces an earlier one
   * @return a copy
   */
  public OpsResponse with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new OpsResponse(status, more, body);
  }
}
