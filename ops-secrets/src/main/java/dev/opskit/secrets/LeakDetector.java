package dev.opskit.secrets;

import dev.opskit.core.event.Listeners;
import dev.opskit.core.masking.SensitiveValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a secret stands in the environment, the system properties or the arguments of this
 * process, where other programs and support files show it. Each place is reported once.
 */
final class LeakDetector {
  private static final Logger logger = LoggerFactory.getLogger(LeakDetector.class);

  /** Shorter ones are words that may be in anything, so they count only if they are all of it. */
  private static final int LONG_ENOUGH_TO_BE_NO_WORD = 12;

  private static final int SHORTEST = 6;

  private final Listeners<SecretEvent> events;
  private final Supplier<Map<String, String>> places;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  LeakDetector(Listeners<SecretEvent> events) {
    this(events, LeakDetector::placesOfThisProcess);
  }

  LeakDetector(Listeners<SecretEvent> events, Supplier<Map<String, String>> places) {
    this.events = events;
    this.places = places;
  }

  void look(SecretRef ref, SecretValue value) {
    Map<String, String> texts = places.get();
    List<byte[]> parts = new ArrayList<>();
    SensitiveValues longOnes = new SensitiveValues();
    SensitiveParts.forEach(
        value,
        part -> {
          if (part.length >= LONG_ENOUGH_TO_BE_NO_WORD) {
            longOnes.register(part);
          } else if (part.length >= SHORTEST) {
            parts.add(part.clone());
          }
        });
    texts.forEach(
        (place, text) -> {
          if (!longOnes.mask(text).equals(text) || parts.stream().anyMatch(p -> is(p, text))) {
            report(ref, place);
          }
        });
    parts.forEach(part -> Arrays.fill(part, (byte) 0));
  }

  /** For example {@code environment variable DB_PASSWORD: orders/database}. */
  Set<String> reported() {
    return reported;
  }

  private void report(SecretRef ref, String place) {
    if (reported.add(place + ": " + ref.id())) {
      logger.warn("secret '{}' can be read in the {}: take it out there", ref.id(), place);
      events.publish(new SecretEvent.Leaked(ref, place));
    }
  }

  private static boolean is(byte[] part, String text) {
    return MessageDigest.isEqual(part, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> placesOfThisProcess() {
    Map<String, String> places = new LinkedHashMap<>();
    System.getenv().forEach((name, text) -> places.put("environment variable " + name, text));
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              String text = System.getProperty(name);
              if (text != null) {
                places.put("system property " + name, text);
              }
            });
    String[] arguments = arguments();
    for (int i = 0; i < arguments.length; i++) {
      String text = arguments[i];
      places.put("process argument " + i, text.substring(text.indexOf('=') + 1));
    }
    return places;
  }

  private static String[] arguments() {
    try {
      // ProcessHandle shows none if they are longer than a page.
      byte[] all = Files.readAllBytes(Path.of("/proc/self/cmdline"));
      return new String(all, StandardCharsets.UTF_8).split("\0");
    } catch (IOException notLinux) {
      return ProcessHandle.current().info().arguments().orElse(new String[0]);
    }
  }
}
