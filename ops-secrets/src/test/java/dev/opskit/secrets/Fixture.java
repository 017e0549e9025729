package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The secrets under test, their provider, and the only clock. */
final class Fixture implements AutoCloseable {
  static final SecretRef REF = SecretRef.of("orders/database");
  static final Duration TTL = Duration.ofMinutes(5);
  static final Duration RETRY = Duration.ofSeconds(5);
  static final Duration MAX_STALE = Duration.ofHours(1);
  static final Duration GRACE = Duration.ofMinutes(2);

  final ManualTimeSource time = new ManualTimeSource();
  final ScriptedProvider provider = new ScriptedProvider();
  final SensitiveValues sensitive = new SensitiveValues();
  final List<SecretEvent> events = new CopyOnWriteArrayList<>();
  final OpsSecrets secrets =
      OpsSecrets.builder()
          .provider(provider)
          .ttl(TTL)
          .retry(RETRY)
          .maxStale(MAX_STALE)
          .grace(GRACE)
          .sensitive(sensitive)
          .time(time)
          .build();

  Fixture() {
    secrets.onEvent(events::add);
  }

  String read() {
    return secrets.get(REF).reveal("a test");
  }

  /** Asks in vain, and what comes has no cause. */
  <E extends SecretException> E refused(Class<E> kind) {
    SecretException e = assertThrows(SecretException.class, () -> secrets.get(REF));
    assertNull(e.getCause());
    return assertInstanceOf(kind, e);
  }

  /** Closing delivers what waits for the listeners. */
  List<SecretEvent> eventsAfterClosing() {
    secrets.close();
    return events;
  }

  @Override
  public void close() {
    secrets.close();
  }
}
