package dev.opskit.verification.benchmarks.secrets;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A store behind both libraries, whose calls are counted and go wrong when they are told to. */
final class Store {
  /** What calls do before they answer. */
  volatile Runnable onDescribe = () -> {};

  volatile Runnable onGet = () -> {};
  final LongAdder calls = new LongAdder();
  private final Map<String, Version> current = new ConcurrentHashMap<>();
  private final Map<String, Version> pending = new ConcurrentHashMap<>();

  record Version(String id, String text) {}

  /** Why a store does not answer; each library has exceptions of its own for it. */
  enum Fault {
    UNAVAILABLE,
    THROTTLED,
    ABSENT
  }

  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
    final Fault fault;

    Failure(Fault fault) {
      super(fault.name());
      this.fault = fault;
    }
  }

  void put(String id, String version, String text) {
    current.put(id, new Version(version, text));
    pending.remove(id);
  }

  void putPending(String id, String version, String text) {
    pending.put(id, new Version(version, text));
  }

  /** Both calls fail until {@link #heal}. */
  void fails(Fault fault) {
    onGet = () -> fail(fault);
    onDescribe = onGet;
  }

  static void fail(Fault fault) {
    throw new Failure(fault);
  }

  void heal() {
    onGet = () -> {};
    onDescribe = () -> {};
  }

  Version describe(String id) {
    calls.increment();
    onDescribe.run();
    return present(current.get(id));
  }

  Version get(String id) {
    calls.increment();
    onGet.run();
    return present(current.get(id));
  }

  Version getPending(String id) {
    calls.increment();
    return present(pending.get(id));
  }

  private static Version present(@Nullable Version version) {
    if (version == null) {
      throw new Failure(Fault.ABSENT);
    }
    return version;
  }
}
