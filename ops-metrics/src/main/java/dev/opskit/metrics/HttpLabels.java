package dev.opskit.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The label values of the HTTP metrics by index: a closed set, whatever is asked for. What is
 * unknown falls into the overflow value of its own label; an unknown status into that of its class,
 * so that {@code status_code=~"5.."} still finds it. Immutable and thread-safe.
 */
final class HttpLabels {
  static final String OTHER = "_other";

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", OTHER);

  /** Those of IANA's registry, inclusive ranges. */
  private static final int[][] REGISTERED = {
    {100, 103},
    {200, 208},
    {226, 226},
    {300, 305},
    {307, 308},
    {400, 418},
    {421, 426},
    {428, 429},
    {431, 431},
    {451, 451},
    {500, 508},
    {510, 511}
  };

  private static final List<String> STATUSES = new ArrayList<>(List.of(OTHER));
  private static final int[] STATUS_INDEX = new int[600];
  private static final int CLASSES = 5;

  static {
    for (int hundreds = 1; hundreds <= CLASSES; hundreds++) {
      STATUSES.add(hundreds + "xx");
      int overflow = hundreds;
      IntStream.range(0, 100).forEach(i -> STATUS_INDEX[overflow * 100 + i] = overflow);
    }
    for (int[] range : REGISTERED) {
      for (int status = range[0]; status <= range[1]; status++) {
        STATUS_INDEX[status] = STATUSES.size();
        STATUSES.add(Integer.toString(status));
      }
    }
  }

  private final List<String> routes = new ArrayList<>();
  private final Map<String, Integer> routeIndex = new HashMap<>();

  /** The first so many routes get a value of their own. */
  HttpLabels(List<String> templates, int maxRoutes) {
    routes.add(OTHER);
    for (String template : templates) {
      if (routes.size() <= maxRoutes && !routeIndex.containsKey(template)) {
        routeIndex.put(template, routes.size());
        routes.add(template);
      }
    }
  }

  int routes() {
    return routes.size();
  }

  static int methods() {
    return METHODS.size();
  }

  static int statuses() {
    return STATUSES.size();
  }

  int route(@Nullable String template) {
    Integer index = template == null ? null : routeIndex.get(template);
    return index == null ? 0 : index;
  }

  static boolean isRouteFolded(int route) {
    return route == 0;
  }

  static int method(String method) {
    return switch (method) {
      case "GET" -> 0;
      case "HEAD" -> 1;
      case "POST" -> 2;
      case "PUT" -> 3;
      case "PATCH" -> 4;
      case "DELETE" -> 5;
      case "OPTIONS" -> 6;
      default -> 7;
    };
  }

  static boolean isMethodFolded(int method) {
    return method == METHODS.size() - 1;
  }

  static int status(int status) {
    return status >= 0 && status < STATUS_INDEX.length ? STATUS_INDEX[status] : 0;
  }

  static boolean isStatusFolded(int status) {
    return status <= CLASSES;
  }

  String routeName(int index) {
    return routes.get(index);
  }

  static String methodName(int index) {
    return METHODS.get(index);
  }

  static String statusName(int index) {
    return STATUSES.get(index);
  }
}
