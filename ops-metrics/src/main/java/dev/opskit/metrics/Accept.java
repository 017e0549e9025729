package dev.opskit.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An Accept or Accept-Encoding header with its weights (RFC 9110, section 12.5). What is not
 * well-formed in it is ignored; a header of which nothing is left counts as absent.
 */
final class Accept {
  private static final int MAX_RANGES = 64;

  private final List<MediaRange> ranges = new ArrayList<>();

  private Accept() {}

  static Accept parse(List<String> headers) {
    Accept accept = new Accept();
    for (String part : String.join(",", headers).split(",", MAX_RANGES)) {
      MediaRange.parse(part).ifPresent(accept.ranges::add);
    }
    return accept;
  }

  /** Of a media type: the weight of the range that names it most precisely, 0 if none does. */
  double quality(String type, String version) {
    if (ranges.isEmpty()) {
      return 1;
    }
    int best = -1;
    double quality = 0;
    for (MediaRange range : ranges) {
      int precision = range.precision(type, version);
      if (precision > best || precision == best && precision >= 0) {
        quality = precision > best ? range.weight() : Math.max(quality, range.weight());
        best = precision;
      }
    }
    return quality;
  }

  /** Of a content coding. */
  private Optional<Double> coding(String name) {
    return ranges.stream()
        .filter(range -> range.value().equals(name) || range.value().equals("x-" + name))
        .map(MediaRange::weight)
        .findFirst();
  }

  /** Whether to compress: only for those who ask for it by name or for everything. */
  boolean prefersGzip() {
    double any = coding("*").orElse(0.0);
    double gzip = coding("gzip").orElse(any);
    return gzip > 0 && gzip >= coding("identity").orElse(0.0);
  }

  /** Plain bytes are always fine unless they are excluded (section 12.5.3). */
  boolean allowsIdentity() {
    double any = coding("*").orElse(1.0);
    return coding("identity").orElse(any) > 0;
  }
}
