package dev.opskit.backup;

import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.event.Listeners;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backs up one source, proves a backup and restores it.
 *
 * <p>Everything runs on the thread of the caller, which may be interrupted to cancel; what was
 * running then throws {@link BackupUnavailableException} and leaves the interrupt flag set.
 * Thread-safe: one backup at a time, any number of verifications and restores beside it. The host
 * owns strategy, store and alert sink and closes them; {@link #close()} ends the listeners only.
 *
 * <p>What a failed run had stored already stays in the store. It is never shown, and this version
 * does not delete it yet; nor does it schedule runs, thin out old backups or remember which were
 * verified.
 */
public final class BackupService implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(BackupService.class);

  private final Layout layout;
  private final BackupStrategy strategy;
  private final BackupStore store;
  private final TimeSource time;
  private final BackupAlerts alerts;
  private final BackupCatalog catalog;
  private final SecureRandom random = new SecureRandom();
  private final Listeners<BackupEvent> listeners = new Listeners<>("backup");
  private final AtomicReference<@Nullable String> running = new AtomicReference<>();

  private interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  BackupService(
      String source,
      BackupStrategy strategy,
      BackupStore store,
      AlertSink alerts,
      TimeSource time) {
    this.layout = new Layout(source);
    this.strategy = strategy;
    this.store = new GuardedStore(store);
    this.time = time;
    this.alerts = new BackupAlerts(source, alerts, time);
    this.catalog = new BackupCatalog(layout, this.store);
  }

  /**
   * Starts a builder.
   *
   * @param source names what is backed up; part of every name in the store, {@code
   *     [a-z0-9][a-z0-9-]{0,62}}
   * @return a builder that still needs a strategy and a store
   */
  public static BackupServiceBuilder builder(String source) {
    return new BackupServiceBuilder(source);
  }

  /**
   * Takes a backup. It exists from the moment its manifest is stored, which is the last step; when
   * this throws, the catalog shows nothing of it and the alert {@code BackupFailed} is raised. The
   * alert is resolved by the next success.
   *
   * @return what the catalog shows from now on
   * @throws BackupUnavailableException if it may succeed later; also while another backup runs in
   *     this service, in which case no alert is raised
   * @throws BackupRefusedException if it cannot succeed as things are
   */
  public BackupRecord backupNow() {
    Instant startedAt = time.now();
    String id = BackupId.next(startedAt, random);
    if (!running.compareAndSet(null, id)) {
      throw new BackupUnavailableException(
          "another backup of %s is running: %s".formatted(layout.source(), running.get()));
    }
    try {
      return perform(
          BackupEvent.Operation.BACKUP,
          id,
          () -> {
            ProgressMeter progress = meter(BackupEvent.Operation.BACKUP, id, OptionalLong.empty());
            BackupRun run = new BackupRun(id, layout, store, progress);
            BackupRecord record = run.run(strategy, startedAt, time);
            listeners.publish(new BackupEvent.Completed(record));
            return record;
          });
    } finally {
      running.set(null);
    }
  }

  /**
   * Reads a whole backup: every chunk and every stream must have its SHA-256, and the strategy must
   * understand it from beginning to end. A damaged one raises the alert {@code BackupCorrupt}.
   *
   * @param id which
   * @return what was read
   * @throws BackupCorruptException if it is damaged
   * @throws BackupRefusedException if there is no such backup or it cannot be read here
   * @throws BackupUnavailableException if it could not be found out now
   */
  public VerificationReport verify(String id) {
    return perform(
        BackupEvent.Operation.VERIFY,
        id,
        () -> {
          Manifest manifest = requireFormat(catalog.manifest(id));
          BackupRecord record = manifest.record();
          ProgressMeter progress =
              meter(BackupEvent.Operation.VERIFY, id, OptionalLong.of(record.plainBytes()));
          StoredBackup source = new StoredBackup(manifest, layout, store, progress);
          strategy.inspect(source);
          source.verifyTheRest();
          VerificationReport report =
              new VerificationReport(id, record.chunks(), record.plainBytes(), progress.elapsed());
          listeners.publish(new BackupEvent.Verified(layout.source(), report));
          return report;
        });
  }

  /**
   * Loads a backup into a target that does not exist yet. The whole backup is read and checked
   * before its first byte is loaded, and each chunk again when it is loaded. When this throws, the
   * target does not exist.
   *
   * @param id which
   * @param target the name of what is created, in words of the strategy; for PostgreSQL a database
   * @return what was loaded
   * @throws BackupCorruptException if the backup is damaged
   * @throws BackupRefusedException if there is no such backup, or the target exists
   * @throws BackupUnavailableException if it may succeed later
   */
  public RestoreReport restoreInto(String id, String target) {
    Objects.requireNonNull(target, "target");
    return perform(
        BackupEvent.Operation.RESTORE,
        id,
        () -> {
          Manifest manifest = requireFormat(catalog.manifest(id));
          long plainBytes = manifest.record().plainBytes();
          // Twice: once to check everything, once to load it.
          ProgressMeter progress =
              meter(BackupEvent.Operation.RESTORE, id, OptionalLong.of(2 * plainBytes));
          new StoredBackup(manifest, layout, store, progress).verifyTheRest();
          strategy.restore(new StoredBackup(manifest, layout, store, progress), target);
          RestoreReport report = new RestoreReport(id, target, plainBytes, progress.elapsed());
          listeners.publish(new BackupEvent.Restored(layout.source(), report));
          return report;
        });
  }

  /**
   * Whose data it is.
   *
   * @return as given to {@link #builder}
   */
  public String source() {
    return layout.source();
  }

  /**
   * The committed backups.
   *
   * @return always the same instance
   */
  public BackupCatalog catalog() {
    return catalog;
  }

  /**
   * Adds a listener.
   *
   * @param listener called on a thread of its own, in order; throwing or hanging harms nothing here
   * @return closing it removes the listener
   */
  public Subscription onEvent(Consumer<? super BackupEvent> listener) {
    return listeners.add(listener);
  }

  /** Delivers the events that wait, for at most two seconds, and removes the listeners. */
  @Override
  public void close() {
    listeners.close();
  }

  TimeSource time() {
    return time;
  }

  private <T> T perform(BackupEvent.Operation operation, String id, Work<T> work) {
    listeners.publish(new BackupEvent.Started(layout.source(), id, operation));
    try {
      T result = work.run();
      alerts.succeeded(operation, id);
      return result;
    } catch (Throwable t) {
      Throwable failure = t instanceof Exception e ? classify(e) : t;
      logger.error("{} of {} failed, backup {}", operation, layout.source(), id, failure);
      listeners.publish(new BackupEvent.Failed(layout.source(), id, operation, failure));
      alerts.failed(operation, id, failure);
      if (failure instanceof Error error) {
        throw error;
      }
      throw (BackupException) failure;
    }
  }

  private static BackupException classify(Exception e) {
    if (e instanceof BackupException known) {
      return known;
    }
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new BackupUnavailableException("the thread was interrupted", e);
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return new BackupUnavailableException(message, e);
  }

  private Manifest requireFormat(Manifest manifest) {
    String format = manifest.record().format();
    if (!format.equals(strategy.format())) {
      throw new BackupRefusedException(
          "backup %s has the format %s, this strategy reads %s"
              .formatted(manifest.record().id(), format, strategy.format()));
    }
    return manifest;
  }

  private ProgressMeter meter(BackupEvent.Operation operation, String id, OptionalLong total) {
    return new ProgressMeter(layout.source(), id, operation, total, time, listeners::publish);
  }
}
