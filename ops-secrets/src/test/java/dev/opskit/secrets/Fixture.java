package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The secrets under test, their provider, and the only clock. */
final class Fixture implements AutoCloseable {
  static final SecretRef REF = SecretRef.of("orders/database");
  static final Duration TTL = Duration.ofMinutes(5);
  static final Duration RETRY = Duration.ofSeconds(5);
  static final Duration MAX_STALE = Duration.ofHours(1);
  static final Duration MAX_STALE_DENIED = Duration.ofMinutes(15);
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  static final Duration GRACE = Duration.ofMinutes(2);

  final ManualTimeSource time = new ManualTimeSource();
  final ScriptedProvider provider = new ScriptedProvider();
  final SensitiveValues sensitive = new SensitiveValues();
  final List<SecretEvent> events = new CopyOnWriteArrayList<>();
  final OpsSecrets secrets;

  Fixture() {
    this(options -> options);
  }

  Fixture(UnaryOperator<OpsSecretsBuilder> options) {
    secrets = options.apply(builder()).build();
    secrets.onEvent(
        event -> {
          if (!(event instanceof SecretEvent.Asked || event instanceof SecretEvent.Revealed)) {
            events.add(event);
          }
        });
  }

  /** Loads on the thread that asks or passes the time, and everything as late as it may be. */
  private OpsSecretsBuilder builder() {
    OpsSecretsBuilder builder =
        OpsSecrets.builder()
            .provider(provider)
            .ttl(TTL)
            .retry(RETRY)
            .maxStale(MAX_STALE)
            .maxStaleDenied(MAX_STALE_DENIED)
            .grace(GRACE)
            .callTimeout(CALL_TIMEOUT)
            .sensitive(sensitive)
            .time(time)
            .executor(Runnable::run)
            .leakCheck(false);
    builder.random = () -> 0;
    builder.driven = false;
    return builder;
  }

  /** Lets time pass, and what is due then happen. */
  void pass(Duration by) {
    time.advance(by);
    secrets.tick();
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
