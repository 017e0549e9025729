package dev.opskit.metrics;

import java.util.Locale;
import java.util.Optional;

/**
 * One range of an Accept or Accept-Encoding header (RFC 9110, section 12.5).
 *
 * @param value lower case, for example {@code text/*} or {@code gzip}
 * @param version the parameter of that name, empty if there is none
 * @param weight 0 to 1
 */
record MediaRange(String value, String version, double weight) {

  /** Empty if the range or its weight is not well-formed. */
  static Optional<MediaRange> parse(String text) {
    String[] fields = text.trim().toLowerCase(Locale.ROOT).split(";");
    String value = fields.length == 0 ? "" : fields[0].trim();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String version = "";
    double weight = 1;
    for (int i = 1; i < fields.length; i++) {
      String parameter = fields[i].trim();
      if (parameter.startsWith("q=")) {
        weight = weight(parameter.substring(2));
      } else if (parameter.startsWith("version=")) {
        version = parameter.substring("version=".length()).replace("\"", "");
      }
    }
    return weight < 0 ? Optional.empty() : Optional.of(new MediaRange(value, version, weight));
  }

  private static double weight(String text) {
    if (!text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?")) {
      return -1;
    }
    return Double.parseDouble(text);
  }

  /** The more of a type it names the more it counts; -1 if it does not name the type at all. */
  int precision(String type, String typeVersion) {
    if (value.equals(type)) {
      if (version.isEmpty()) {
        return 2;
      }
      return version.equals(typeVersion) ? 3 : -1;
    }
    if (value.equals(type.substring(0, type.indexOf('/')) + "/*")) {
      return 1;
    }
    return value.equals("*/*") ? 0 : -1;
  }
}
