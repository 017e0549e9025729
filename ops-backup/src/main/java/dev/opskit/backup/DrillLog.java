package dev.opskit.backup;

import dev.opskit.backup.DrillEvidence.Outcome;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of each drill: a blob from before it began, and one from its end. They lie beside the
 * backups and not with them, so that retention does not take them along.
 */
record DrillLog(Layout layout, BackupStore store, TimeSource time) {
  private static final Logger logger = LoggerFactory.getLogger(DrillLog.class);
  private static final int MAX_BYTES = 1 << 20;
  private static final String BEGUN = "begun";
  private static final List<String> WORDS =
      List.of(BEGUN, EvidenceJson.word(Outcome.PASSED), EvidenceJson.word(Outcome.FAILED));

  /** What makes the drills and the reports. */
  static final String BY =
      "opskit %s, Java %s"
          .formatted(
              Optional.ofNullable(DrillLog.class.getPackage().getImplementationVersion())
                  .orElse("of no version"),
              Runtime.version());

  DrillEntry begin(String backup) {
    if (!BackupId.isValid(backup)) {
      throw new BackupRefusedException(
          "there is no backup %s of %s".formatted(backup, layout.source()));
    }
    Instant now = time.now().truncatedTo(ChronoUnit.MILLIS);
    DrillEvidence begun =
        DrillEvidence.begun(BackupId.next(now, new SecureRandom()), backup, now, BY);
    put(begun);
    return new DrillEntry(this, begun, time.nanoTime());
  }

  void put(DrillEvidence drill) {
    byte[] json = EvidenceJson.entry(layout.source(), drill);
    if (!store.putIfAbsent(layout.drill(name(drill)), Blob.of(SealedJson.seal(json)))) {
      throw new BackupUnavailableException("the name of drill " + drill.id() + " is taken");
    }
  }

  /** Newest first. */
  List<DrillEvidence> since(Instant from) {
    Map<String, List<Layout.DrillName>> names = new TreeMap<>(Comparator.reverseOrder());
    for (Layout.DrillName name : names()) {
      if (!BackupId.timeOf(name.drill()).isBefore(from)) {
        names.computeIfAbsent(name.drill(), id -> new ArrayList<>()).add(name);
      }
    }
    return names.values().stream().map(of -> read(latest(of))).toList();
  }

  /** A drill has one end; should somebody have added a better one, the worse one is shown. */
  private static Layout.DrillName latest(List<Layout.DrillName> names) {
    return names.stream().max(Comparator.comparing(name -> WORDS.indexOf(name.word()))).get();
  }

  /** Newest first; those that cannot be read are left out. */
  List<DrillEvidence> newestPassed(int atMost) {
    List<Layout.DrillName> newestFirst = names();
    Collections.reverse(newestFirst);
    return newestFirst.stream()
        .filter(name -> name.word().equals(word(Outcome.PASSED)))
        .map(this::read)
        .filter(drill -> drill.outcome() == Outcome.PASSED)
        .limit(atMost)
        .toList();
  }

  Duration since(long nanoTime) {
    return Duration.ofNanos(time.nanoTime() - nanoTime).truncatedTo(ChronoUnit.MILLIS);
  }

  private List<Layout.DrillName> names() {
    List<Layout.DrillName> names = new ArrayList<>();
    Pages.each(
        store,
        layout.drills(),
        info ->
            layout
                .parseDrill(info.key())
                .filter(name -> WORDS.contains(name.word()))
                .ifPresent(names::add));
    return names;
  }

  private DrillEvidence read(Layout.DrillName name) {
    BlobKey key = layout.drill(name);
    try {
      DrillEvidence drill = DrillReader.read(SealedJson.open(bytes(key), key), layout.source());
      if (name.equals(name(drill))) {
        return drill;
      }
      throw new BackupCorruptException(key + " is about another drill");
    } catch (BackupCorruptException e) {
      logger.warn("drill {} cannot be read", key, e);
      return DrillEvidence.unreadable(name.drill(), String.valueOf(e.getMessage()));
    }
  }

  private byte[] bytes(BlobKey key) {
    try (InputStream in =
        store.open(key).orElseThrow(() -> new BackupCorruptException("there is no " + key))) {
      return in.readNBytes(MAX_BYTES);
    } catch (IOException e) {
      throw new BackupUnavailableException("reading " + key + " failed", e);
    }
  }

  private static Layout.DrillName name(DrillEvidence drill) {
    return new Layout.DrillName(drill.id(), word(drill.outcome()));
  }

  private static String word(Outcome outcome) {
    return outcome == Outcome.UNFINISHED ? BEGUN : EvidenceJson.word(outcome);
  }
}
