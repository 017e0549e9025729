package dev.opskit.metrics.alert;

import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the sinks that send have in common. Confined to one thread. */
final class SinkOptions {
  private static final Duration LONGEST = Duration.ofDays(1);

  String name;
  @Nullable HttpClient client;
  int capacity = 1_000;
  Duration timeout = Duration.ofSeconds(5);
  Duration closeWithin = Duration.ofSeconds(2);
  SensitiveValues sensitive = SensitiveValues.shared();
  TimeSource time = TimeSource.system();

  SinkOptions(String name) {
    this.name = name;
  }

  void validate() {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sensitive, "sensitive");
    Objects.requireNonNull(time, "time");
    if (!name.matches("[a-z][a-z0-9_-]{0,39}")) {
      throw new IllegalArgumentException(
          "name is '%s', must be of the form [a-z][a-z0-9_-]{0,39}".formatted(name));
    }
    if (capacity < 1 || capacity > 100_000) {
      throw new IllegalArgumentException("capacity is " + capacity + ", must be 1 to 100000");
    }
    require("timeout", timeout, Duration.ofMillis(1));
    require("closeWithin", closeWithin, Duration.ZERO);
  }

  Transport transport() {
    HttpClient given = client;
    return given == null ? Transport.own(timeout) : Transport.of(given);
  }

  static void require(String option, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s is %s, must be %s to %s".formatted(option, value, least, LONGEST));
    }
  }

  static URI requireHttp(String option, URI address) {
    boolean isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!isHttp
        || address.getHost() == null
        || address.getUserInfo() != null
        || address.getFragment() != null) {
      throw new IllegalArgumentException(
          "%s is %s, must be http(s)://host… without user, password and fragment"
              .formatted(option, withoutSecrets(address)));
    }
    return address;
  }

  /** The path and query of a webhook are often its only credential. */
  static String withoutSecrets(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port;
  }
}
