package dev.opskit.backup;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The committed backups of one source. There is no other book than the store itself: a backup is
 * here when its manifest is, and what is known about it are the marks beside it. Chunks of a run
 * that failed are never seen here.
 *
 * <p>Thread-safe. Every call lists the store; a manifest is read once and remembered, as it never
 * changes. A manifest that is damaged is logged and left out of all lists.
 */
public final class BackupCatalog {
  private final Manifests manifests;
  private final Marks marks;

  BackupCatalog(Manifests manifests, Marks marks) {
    this.manifests = manifests;
    this.marks = marks;
  }

  /**
   * All backups, restore points among them.
   *
   * @return newest first
   * @throws BackupException if the store cannot be read
   */
  public List<BackupRecord> list() {
    return manifests.records().toList();
  }

  /**
   * All backups with what is known about them.
   *
   * @return newest first
   * @throws BackupException if the store cannot be read
   */
  public List<MarkedBackup> marked() {
    List<BackupRecord> records = list();
    Map<String, MarkHistory> histories = marks.all();
    return records.stream()
        .map(record -> histories.getOrDefault(record.id(), MarkHistory.EMPTY).marked(record))
        .toList();
  }

  /**
   * The newest backup whose manifest is sound, whether it was verified or not. A restore point is
   * never the latest.
   *
   * @return empty if there is none
   * @throws BackupException if the store cannot be read
   */
  public Optional<BackupRecord> latest() {
    return manifests
        .records()
        .filter(record -> record.kind() == BackupRecord.Kind.REGULAR)
        .findFirst();
  }

  /**
   * The newest backup that {@linkplain MarkedBackup#counts() counts}: what a restore should take. A
   * restore point is never the latest.
   *
   * @return empty if there is none
   * @throws BackupException if the store cannot be read
   */
  public Optional<BackupRecord> latestRestorable() {
    return restorable().findFirst();
  }

  /** Those that count, newest first. */
  Stream<BackupRecord> restorable() {
    return marked().stream()
        .filter(backup -> backup.isRegular() && backup.counts())
        .map(MarkedBackup::backup);
  }

  /**
   * One backup.
   *
   * @param id its id
   * @return empty if there is no such backup
   * @throws BackupCorruptException if its manifest is damaged
   * @throws BackupException if the store cannot be read
   */
  public Optional<BackupRecord> find(String id) {
    return manifests.find(id).map(Manifest::record);
  }

  /**
   * The keys that a backup is encrypted for, any one of which is needed to read it. A key that none
   * names any more can be destroyed.
   *
   * @param id which
   * @return the ids that the providers have given; empty if the backup is not encrypted
   * @throws BackupRefusedException if there is no such backup
   */
  public List<String> keyIds(String id) {
    return manifests.get(id).keys().stream().map(WrappedKey::keyId).toList();
  }

  /**
   * Keeps retention from deleting a backup until {@link #unpin}. Once this has returned, no
   * retention run of any process deletes it.
   *
   * @param id which
   * @param why for whoever wonders later; kept in the store, so never a secret
   * @throws BackupRefusedException if there is no such backup
   * @throws BackupUnavailableException if it is just being deleted, or the store fails
   */
  public void pin(String id, String why) {
    mark(id, MarkKind.PINNED, why);
    // Retention announces first and looks for pins then. So one of the two sees the other.
    MarkedBackup now = marks.of(id).marked(manifests.get(id).record());
    if (now.is(BackupMark.RETIRED)) {
      throw new BackupUnavailableException("backup " + id + " is being deleted");
    }
  }

  /**
   * Takes back {@link #pin}, however often it was called.
   *
   * @param id which
   * @param why for whoever wonders later; kept in the store, so never a secret
   * @throws BackupRefusedException if there is no such backup
   */
  public void unpin(String id, String why) {
    mark(id, MarkKind.UNPINNED, why);
  }

  /**
   * Lets a backup count no longer, and keeps it for whoever wants to look at it.
   *
   * @param id which
   * @param why for whoever wonders later; kept in the store, so never a secret
   * @throws BackupRefusedException if there is no such backup
   */
  public void quarantine(String id, String why) {
    mark(id, MarkKind.QUARANTINED, why);
  }

  /**
   * Takes back {@link #quarantine}.
   *
   * @param id which
   * @param why for whoever wonders later; kept in the store, so never a secret
   * @throws BackupRefusedException if there is no such backup
   */
  public void release(String id, String why) {
    mark(id, MarkKind.RELEASED, why);
  }

  /**
   * Says that a {@linkplain BackupRecord#suspicion() suspect} backup is as it should be.
   *
   * @param id which
   * @param why for whoever wonders later; kept in the store, so never a secret
   * @throws BackupRefusedException if there is no such backup
   */
  public void accept(String id, String why) {
    mark(id, MarkKind.ACCEPTED, why);
  }

  private void mark(String id, MarkKind kind, String why) {
    Objects.requireNonNull(why, "why");
    manifests.get(id);
    marks.add(id, kind, why);
  }
}
