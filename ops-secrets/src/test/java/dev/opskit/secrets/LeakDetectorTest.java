package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.opskit.core.event.Listeners;
import dev.opskit.core.health.HealthStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeakDetectorTest {
  private static final SecretRef REF = SecretRef.of("orders/database");

  private final Map<String, String> places = new LinkedHashMap<>();
  private final List<SecretEvent> events = new CopyOnWriteArrayList<>();
  private final Listeners<SecretEvent> listeners = new Listeners<>("test");
  private final LeakDetector detector = new LeakDetector(listeners, () -> places);

  @Test
  void aLongSecretIsFoundWhereverItStands() {
    places.put("environment variable URL", "postgres://u:hunter2hunter2@db/orders");
    places.put("environment variable ENCODED", "aHVudGVyMmh1bnRlcjI=");
    places.put("environment variable OTHER", "hunter2");
    look("{\"username\":\"orders-database\",\"password\":\"hunter2hunter2\"}");
    assertEquals(
        Set.of(
            "environment variable URL: orders/database",
            "environment variable ENCODED: orders/database"),
        detector.reported());
  }

  @Test
  void aShortOneMayBeAWordSoItCountsOnlyWhenItIsAll() {
    places.put("environment variable PATH", "/usr/lib/postgres/bin");
    places.put("environment variable PGPASSWORD", "postgres");
    look("postgres");
    assertEquals(Set.of("environment variable PGPASSWORD: orders/database"), detector.reported());
    places.put("environment variable TINY", "admin");
    look("admin");
    assertEquals(1, detector.reported().size());
  }

  @Test
  void aUserNameIsNoSecret() {
    places.put("environment variable USER", "orders-service-user");
    look("{\"username\":\"orders-service-user\",\"password\":\"hunter2hunter2\"}");
    assertEquals(Set.of(), detector.reported());
  }

  @Test
  void eachPlaceIsReportedOnceAndWithoutTheValue() {
    listeners.add(events::add);
    places.put("system property x", "hunter2hunter2");
    look("hunter2hunter2");
    look("hunter2hunter2");
    listeners.close();
    assertEquals(List.of(new SecretEvent.Leaked(REF, "system property x")), events);
    assertFalse(events.toString().contains("hunter2"));
  }

  @Test
  void thisProcessIsLookedThrough() {
    String property = "opskit.test.leaked";
    System.setProperty(property, "a-value-that-nobody-else-has");
    AtomicReference<SecretEvent> leak = new AtomicReference<>();
    try (Fixture fixture = new Fixture(options -> options.leakCheck(true))) {
      fixture.secrets.onEvent(
          event -> {
            if (event instanceof SecretEvent.Leaked) {
              leak.set(event);
            }
          });
      fixture.provider.gives("1", "a-value-that-nobody-else-has");
      fixture.secrets.rotating(REF, SecretType.value()).get();
      var health = fixture.secrets.healthCheck().check(() -> Duration.ZERO);
      assertEquals(HealthStatus.DEGRADED, health.status());
      assertTrue(health.message().contains("system property " + property), health.message());
      fixture.eventsAfterClosing();
      assertEquals(new SecretEvent.Leaked(REF, "system property " + property), leak.get());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void theArgumentsOfThisProcessAreAmongThePlaces() throws IOException {
    // Whatever started the tests, it had to name the class that it starts, or a file.
    String longest =
        arguments().stream().max(Comparator.comparingInt(String::length)).orElseThrow();
    String leaked = longest.substring(longest.indexOf('=') + 1);
    assumeTrue(leaked.length() >= 12, "this process has no argument that is long enough");
    LeakDetector real = new LeakDetector(listeners);
    real.look(REF, ScriptedProvider.value(REF, "1", leaked));
    assertTrue(
        real.reported().stream().anyMatch(place -> place.startsWith("process argument ")),
        real.reported()::toString);
  }

  @Test
  void theSystemPropertiesOfThisProcessAreAmongThePlaces() {
    LeakDetector real = new LeakDetector(listeners);
    real.look(REF, ScriptedProvider.value(REF, "1", System.getProperty("java.home")));
    assertTrue(
        real.reported().contains("system property java.home: orders/database"),
        real.reported()::toString);
  }

  /** As the machine has them: the ones that the JVM tells lack the options of the JVM itself. */
  private static List<String> arguments() throws IOException {
    Path all = Path.of("/proc/self/cmdline");
    return Files.exists(all)
        ? List.of(Files.readString(all).split("\0"))
        : List.of(ProcessHandle.current().info().arguments().orElse(new String[] {""}));
  }

  private void look(String value) {
    detector.look(REF, ScriptedProvider.value(REF, "1", value));
  }
}
