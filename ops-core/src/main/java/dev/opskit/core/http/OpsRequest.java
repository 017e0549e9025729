package dev.opskit.core.http;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to an {@link OpsEndpoint}, whatever server it came in on. The body is not copied; do
 * not change it.
 *
 * @param method the method as it was sent, not validated
 * @param path the decoded path as the endpoint's routes know it, begins with {@code /}
 * @param query the raw query without {@code ?}, null if there is none
 * @param headers the values by lower-case name
 * @param body the body, empty if there is none
 * @param remote who asks; null if the server does not tell
 */
public record OpsRequest(
    String method,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers,
    byte[] body,
    @Nullable InetAddress remote) {

  /** Copies the headers and lower-cases their names. */
  public OpsRequest {
    Map<String, List<String>> lower = new LinkedHashMap<>();
    headers.forEach(
        (name, values) ->
            lower
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .addAll(values));
    lower.replaceAll((name, values) -> List.copyOf(values));
    headers = Collections.unmodifiableMap(lower);
  }

  /**
   * A request without query, headers or body.
   *
   * @param path the path
   * @return a GET request
   */
  public static OpsRequest get(String path) {
    return new OpsRequest("GET", path, null, Map.of(), new byte[0], null);
  }

  /**
   * The first value of a header.
   *
   * @param name the name, in any case
   * @return null if it is absent
   */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /**
   * The values of a query parameter, decoded, in order.
   *
   * @param name the decoded name
   * @return empty if it is absent
   * @throws IllegalArgumentException if the query is not well-formed; endpoints answer 400 for it
   */
  public List<String> queryParameter(String name) {
    if (query == null || query.isEmpty()) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (decode(key).equals(name)) {
        values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
