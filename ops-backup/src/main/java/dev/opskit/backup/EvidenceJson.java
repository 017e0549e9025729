package dev.opskit.backup;

import dev.opskit.backup.EvidenceReport.Objectives;
import dev.opskit.core.json.JsonWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** The same bytes for the same values: one line, no blanks, all fields in this order. */
final class EvidenceJson {
  private static final int MAX_NOTE_BYTES = 8_000;

  private EvidenceJson() {}

  /** As a drill is noted in the store. */
  static byte[] entry(String source, DrillEvidence drill) {
    JsonWriter json = new JsonWriter(1024);
    json.beginObject();
    json.name("version").value(Manifest.VERSION);
    json.name("source").value(source);
    fields(json, drill);
    return json.endObject().newline().toByteArray();
  }

  static byte[] of(EvidenceReport report) {
    JsonWriter json = new JsonWriter(4096);
    json.beginObject();
    json.name("version").value(Manifest.VERSION);
    json.name("kind").value("drills");
    json.name("source").value(report.source());
    json.name("at").value(report.at().toString());
    json.name("since").value(report.since().toString());
    json.name("by").value(report.by());
    json.name("recoveryPoint");
    report
        .recoveryPoint()
        .ifPresentOrElse(backup -> recoveryPoint(json, backup, report), json::nullValue);
    millis(json, "predictedMillis", report.predicted());
    json.name("objectives");
    report
        .objectives()
        .ifPresentOrElse(objectives -> objectives(json, objectives, report), json::nullValue);
    for (DrillEvidence.Outcome outcome : DrillEvidence.Outcome.values()) {
      json.name(word(outcome)).value(report.count(outcome));
    }
    json.name("drills").beginArray();
    for (DrillEvidence drill : report.drills()) {
      json.beginObject();
      fields(json, drill);
      json.endObject();
    }
    json.endArray();
    return json.endObject().newline().toByteArray();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void recoveryPoint(JsonWriter json, BackupRecord backup, EvidenceReport report) {
    json.beginObject();
    json.name("backup").value(backup.id());
    json.name("takenAt").value(backup.startedAt().truncatedTo(ChronoUnit.MILLIS).toString());
    millis(json, "ageMillis", report.recoveryPointAge());
    json.endObject();
  }

  private static void objectives(JsonWriter json, Objectives objectives, EvidenceReport report) {
    json.beginObject();
    json.name("recoveryPointMillis").value(objectives.recoveryPoint().toMillis());
    json.name("recoveryPointKept").value(report.keepsRecoveryPoint());
    json.name("recoveryTimeMillis").value(objectives.recoveryTime().toMillis());
    json.name("recoveryTimeKept").value(report.keepsRecoveryTime());
    json.endObject();
  }

  private static void fields(JsonWriter json, DrillEvidence drill) {
    json.name("drill").value(drill.id());
    json.name("outcome").value(word(drill.outcome()));
    json.name("backup").value(drill.backup());
    json.name("takenAt").value(drill.takenAt().map(Object::toString).orElse(null));
    json.name("begunAt").value(drill.begunAt().toString());
    json.name("by").value(drill.by());
    json.name("tookMillis").value(drill.took().toMillis());
    millis(json, "predictedMillis", drill.predicted());
    json.name("plainBytes").value(drill.plainBytes());
    json.name("manifestSha256").value(drill.manifestSha256());
    json.name("verified").value(drill.verified().map(EvidenceJson::word).orElse(null));
    json.name("checks").beginArray();
    drill.checks().forEach(check -> json.value(word(check)));
    json.endArray();
    json.name("facts").beginObject();
    new TreeMap<>(drill.facts()).forEach((name, value) -> json.name(name).value(value));
    json.endObject();
    json.name("note").value(drill.note(), MAX_NOTE_BYTES);
  }

  private static void millis(JsonWriter json, String name, Optional<Duration> duration) {
    json.name(name);
    duration.ifPresentOrElse(known -> json.value(known.toMillis()), json::nullValue);
  }
}
