package dev.opskit.metrics;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The media ranges of an Accept header with their weights (RFC 9110, section 12.5.1). */
record Accept(Map<String, Double> ranges) {

  static Accept parse(@Nullable String header) {
    Map<String, Double> ranges = new HashMap<>();
    for (String part : (header == null || header.isBlank() ? "*/*" : header).split(",")) {
      String[] fields = part.trim().split(";");
      double weight = 1;
      for (int i = 1; i < fields.length; i++) {
        String parameter = fields[i].trim().toLowerCase(Locale.ROOT);
        if (parameter.startsWith("q=")) {
          weight = weight(parameter.substring(2));
        }
      }
      ranges.merge(fields[0].trim().toLowerCase(Locale.ROOT), weight, Math::max);
    }
    return new Accept(ranges);
  }

  /** A weight that cannot be read counts as none: the client cannot have meant much by it. */
  private static double weight(String text) {
    try {
      double weight = Double.parseDouble(text);
      return weight >= 0 && weight <= 1 ? weight : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  double quality(String type) {
    Double exact = ranges.get(type);
    if (exact != null) {
      return exact;
    }
    Double family = ranges.get(type.substring(0, type.indexOf('/')) + "/*");
    return family != null ? family : ranges.getOrDefault("*/*", 0.0);
  }
}
