package dev.opskit.backup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Carries a plan out. */
final class RetentionRun {
  private final Layout layout;
  private final BackupStore store;
  private final Marks marks;
  private final Consumer<BackupEvent> events;

  RetentionRun(Layout layout, BackupStore store, Marks marks, Consumer<BackupEvent> events) {
    this.layout = layout;
    this.store = store;
    this.marks = marks;
    this.events = events;
  }

  List<String> run(RetentionPlan plan) {
    List<RetentionPlan.Decision> oldestFirst = new ArrayList<>(plan.deletions());
    Collections.reverse(oldestFirst);
    List<String> deleted = new ArrayList<>();
    for (RetentionPlan.Decision decision : oldestFirst) {
      Cancellation.check();
      BackupRecord record = decision.backup();
      if (retire(record, decision.why())) {
        delete(record.id());
        deleted.add(record.id());
        events.accept(new BackupEvent.Deleted(record, decision.why()));
      }
    }
    return deleted;
  }

  /** Announces first and looks then, as a pin does, so that one of the two sees the other. */
  private boolean retire(BackupRecord record, String why) {
    marks.add(record.id(), MarkKind.RETIRED, why);
    MarkedBackup now = marks.of(record.id()).marked(record);
    if (now.is(BackupMark.PINNED) || now.is(BackupMark.QUARANTINED)) {
      marks.add(record.id(), MarkKind.SPARED, "it is held by now");
      return false;
    }
    return true;
  }

  /** The manifest first: what is left after a crash is not visible, and orphans are collected. */
  private void delete(String id) {
    store.delete(layout.manifest(id));
    Pages.each(store, layout.chunks(id), info -> store.delete(info.key()));
    Pages.each(store, layout.beats(id), info -> store.delete(info.key()));
    Pages.each(store, layout.marks(id), info -> store.delete(info.key()));
  }
}
