package dev.opskit.backup;

import dev.opskit.core.event.Listeners;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.time.TimeSource;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backs up one source, proves a backup, restores it, and thins out old ones.
 *
 * <p>Everything runs on the thread of the caller, except that the chunks of a backup are stored by
 * workers, which end with it. The caller may be interrupted to cancel; what was running then throws
 * {@link BackupUnavailableException} and leaves the interrupt flag set. Thread-safe, also between
 * processes that share a store: in one service one backup at a time, and any number of other things
 * beside it. The host owns strategy, store and alert sink and closes them; {@link #close()} ends
 * the listeners only.
 *
 * <p>What a failed run had stored already stays in the store, and is never shown, until {@link
 * #collectOrphans()} deletes it. Nothing here runs by itself but what {@link #schedule} starts.
 */
public final class BackupService implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(BackupService.class);

  private final Layout layout;
  private final BackupStrategy strategy;
  private final GuardedStore store;
  private final BackupOptions options;
  private final TimeSource time;
  private final BackupAlerts alerts;
  private final Manifests manifests;
  private final Vault vault;
  private final Marks marks;
  private final BackupCatalog catalog;
  private final Operations operations;
  private final ReadableBackups readable;
  private final RestoreSteps steps;
  private final Restores restores;
  private final SecureRandom random = new SecureRandom();
  private final Listeners<BackupEvent> listeners = new Listeners<>("backup");
  private final AtomicReference<@Nullable String> running = new AtomicReference<>();

  BackupService(String source, BackupStrategy strategy, BackupStore store, BackupOptions options) {
    this.layout = new Layout(source);
    this.strategy = strategy;
    this.store = new GuardedStore(store);
    this.options = options;
    this.time = options.time();
    this.alerts = new BackupAlerts(source, options.alerts(), time);
    this.manifests = new Manifests(layout, this.store);
    this.vault = new Vault(layout, this.store, manifests, options.recipients());
    this.marks = new Marks(layout, this.store, time);
    this.catalog = new BackupCatalog(manifests, marks);
    this.operations = new Operations(source, listeners, alerts, time);
    this.readable = new ReadableBackups(layout, this.store, manifests, marks, vault, strategy);
    this.steps = new RestoreSteps(readable, marks, catalog, operations, listeners::publish);
    this.restores = new Restores(steps, options.undoWindow(), time);
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
   * alert is resolved by the next success. If its size is far from the recent ones it is suspect,
   * and the alert {@code BackupSuspect} is raised until one that is not is taken.
   *
   * @return what the catalog shows from now on
   * @throws BackupUnavailableException if it may succeed later; also while another backup runs in
   *     this service, in which case no alert is raised. If the answer of the store to the very last
   *     step was lost, the catalog may show the backup all the same: it is complete then
   * @throws BackupRefusedException if it cannot succeed as things are
   */
  public BackupRecord backupNow() {
    return backup(BackupRecord.Kind.REGULAR);
  }

  /**
   * Takes a backup of a state that need not be a good one, before something dangerous is done. It
   * is never the latest, never suspect, and retention keeps it for a time of its own.
   *
   * @return what the catalog shows from now on
   * @throws BackupException as {@link #backupNow()} does
   */
  public BackupRecord restorePointNow() {
    return backup(BackupRecord.Kind.RESTORE_POINT);
  }

  /**
   * Verifies a backup as thoroughly as possible, which lets it count.
   *
   * @param id which
   * @return what was read
   * @throws BackupException as {@link #verify(String, VerificationLevel)} does
   */
  public VerificationReport verify(String id) {
    return verify(id, VerificationLevel.ARCHIVE);
  }

  /**
   * Looks at a backup and marks it in the store with the level at which it was found sound. A
   * damaged one is marked, too, does not count any more, and raises the alert {@code
   * BackupCorrupt}, until it is found sound at {@link VerificationLevel#HASHES} or higher.
   *
   * @param id which
   * @param level how thoroughly
   * @return what was looked at
   * @throws BackupCorruptException if it is damaged
   * @throws BackupRefusedException if there is no such backup or it cannot be read here
   * @throws BackupUnavailableException if it could not be found out now
   */
  public VerificationReport verify(String id, VerificationLevel level) {
    Objects.requireNonNull(level, "level");
    return operations.perform(
        BackupEvent.Operation.VERIFY,
        id,
        () -> {
          Manifest manifest = readable.get(id);
          BackupRecord record = manifest.record();
          ProgressMeter progress =
              operations.meter(
                  BackupEvent.Operation.VERIFY, id, OptionalLong.of(record.plainBytes()));
          readable.reading(
              id, () -> new Verification(manifest, vault, progress).run(level, strategy));
          marks.add(id, MarkKind.verified(level), "");
          VerificationReport report =
              new VerificationReport(
                  id, level, record.chunks(), record.plainBytes(), progress.elapsed());
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
    return steps.into(id, Objects.requireNonNull(target, "target"));
  }

  /**
   * Restores that take the place of the live data, and drills.
   *
   * @return always the same instance
   */
  public Restores restores() {
    return restores;
  }

  /**
   * Looks for everything that would stop a backup, without taking one: what the strategy knows,
   * whether the store can be written, read and listed, and whether every recipient of the
   * encryption can wrap a key and unwrap it again. It leaves one small blob in the store.
   *
   * @return all that is in the way, with the mend; empty if nothing is
   * @throws BackupUnavailableException if it could not be found out
   */
  public List<BackupProblem> preflight() {
    return operations.perform(
        () -> new Preflight(layout, store, options.recipients(), strategy).ofBackup(random));
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
   * Says what {@link #retain()} would do now, and why. Changes nothing.
   *
   * @return the plan
   * @throws BackupRefusedException if the service was built without retention
   * @throws BackupUnavailableException if the store cannot be read
   */
  public RetentionPlan previewRetention() {
    RetentionPolicy policy = options.retention();
    if (policy == null) {
      throw new BackupRefusedException("the option retention is not set: nothing is ever deleted");
    }
    return operations.perform(
        () -> {
          List<MarkedBackup> backups = catalog.marked();
          return RetentionGuard.guard(policy.plan(backups, time.now()), backups);
        });
  }

  /**
   * Deletes what the policy does not keep, the oldest first. A run that is cut short leaves no part
   * of a backup visible; {@link #collectOrphans()} deletes the rest. While the policy is frozen the
   * alert {@code BackupRetentionFrozen} is raised.
   *
   * @return what was done, and why
   * @throws BackupRefusedException if the service was built without retention
   * @throws BackupUnavailableException if the store fails
   */
  public RetentionReport retain() {
    RetentionPlan plan = previewRetention();
    alerts.planned(plan);
    return operations.perform(
        () ->
            new RetentionReport(
                plan, new RetentionRun(layout, store, marks, listeners::publish).run(plan)));
  }

  /**
   * Deletes what failed runs and interrupted deletions have left, once they have given no sign of
   * life for long enough. Safe beside running backups of any process: one that was taken for dead
   * by mistake, because a clock is wrong, is refused when it wants to commit.
   *
   * @return what was done
   * @throws BackupException if the store fails
   */
  public OrphanReport collectOrphans() {
    return operations.perform(
        () ->
            new OrphanCollection(layout, store, manifests, options.orphanAge(), listeners::publish)
                .run(time.now(), running.get()));
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

  /**
   * Takes backups by themselves from now on, proves each, and thins out old ones; see {@link
   * ScheduledBackups}.
   *
   * @param schedule when
   * @return close it before this service
   */
  public ScheduledBackups schedule(Schedule schedule) {
    return ScheduledBackups.start(turn(schedule), time);
  }

  /**
   * Takes the backup of the slot that is due now, if it has none, and proves it: for a process that
   * is started by a schedule of its own, as a Kubernetes CronJob is. Of all processes and threads
   * that do so, one takes it; the others wait until it has, or step in when it died.
   *
   * @param schedule when one is due
   * @return the backup if this call has taken it; empty if another has, or no slot is due
   * @throws BackupException as {@link #backupNow()} and {@link #verify(String)} do
   */
  public Optional<BackupRecord> backupIfDue(Schedule schedule) {
    return ScheduledBackups.once(turn(schedule));
  }

  SlotTurn turn(Schedule schedule) {
    return new SlotTurn(
        this,
        schedule,
        new SlotRuns(layout, store, manifests),
        options.retention() != null,
        alerts);
  }

  RecoveryJournal journal() {
    return operations.perform(() -> RecoveryJournal.read(layout, store));
  }

  void publish(BackupEvent event) {
    listeners.publish(event);
  }

  TimeSource time() {
    return time;
  }

  private BackupRecord backup(BackupRecord.Kind kind) {
    return backup(kind, id -> true).orElseThrow();
  }

  /** Empty if the claim to make a backup under this id is refused. */
  Optional<BackupRecord> backupIf(Predicate<String> claim) {
    return backup(BackupRecord.Kind.REGULAR, claim);
  }

  private Optional<BackupRecord> backup(BackupRecord.Kind kind, Predicate<String> claim) {
    Instant startedAt = time.now();
    String id = BackupId.next(startedAt, random);
    if (!running.compareAndSet(null, id)) {
      throw new BackupUnavailableException(
          "another backup of %s is running: %s".formatted(layout.source(), running.get()));
    }
    try {
      if (!claim.test(id)) {
        return Optional.empty();
      }
      return operations.perform(
          BackupEvent.Operation.BACKUP,
          id,
          () -> {
            ProgressMeter progress =
                operations.meter(BackupEvent.Operation.BACKUP, id, OptionalLong.empty());
            BackupRecord record;
            try (Packaging packaging = options.packaging(random);
                BackupRun run = new BackupRun(id, packaging, kind, layout, store, progress, time)) {
              record = run.run(strategy, startedAt, judge(kind));
            }
            alerts.committed(record);
            listeners.publish(new BackupEvent.Completed(record));
            return Optional.of(record);
          });
    } finally {
      running.set(null);
    }
  }

  private BackupRun.Judge judge(BackupRecord.Kind kind) {
    if (kind == BackupRecord.Kind.RESTORE_POINT) {
      return (plainBytes, facts) -> Optional.empty();
    }
    return this::suspicion;
  }

  private Optional<String> suspicion(long plainBytes, Map<String, String> facts) {
    try {
      return AnomalyGate.over(catalog.marked(), strategy.format(), options.anomalyFactor())
          .suspicion(plainBytes, facts);
    } catch (BackupException e) {
      // A user who may only write can still back up; who verifies must be able to read.
      logger.warn("the backup of {} is not compared with others", layout.source(), e);
      return Optional.empty();
    }
  }
}
