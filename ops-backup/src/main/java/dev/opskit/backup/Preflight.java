package dev.opskit.backup;

import dev.opskit.backup.PreflightStrategy.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks beforehand at what a backup or a restore will need. */
record Preflight(Layout layout, BackupStore store, Recipients recipients, BackupStrategy strategy) {
  private static final byte[] CONTENT =
      "{\"version\":1,\"preflight\":true}\n".getBytes(StandardCharsets.UTF_8);

  List<BackupProblem> ofBackup(SecureRandom random) throws IOException, InterruptedException {
    List<BackupProblem> problems = new ArrayList<>();
    BlobKey key = layout.preflight();
    attempt(problems, "written", () -> store.putIfAbsent(key, Blob.of(SealedJson.seal(CONTENT))));
    attempt(problems, "listed", () -> store.list(layout.manifests(), ""));
    attempt(
        problems,
        "read",
        () -> {
          try (InputStream in = store.open(key).orElse(InputStream.nullInputStream())) {
            in.readAllBytes();
          }
        });
    problems.addAll(recipients.problems(random));
    problems.addAll(ofStrategy(strategy, Purpose.BACKUP, Map.of()));
    return List.copyOf(problems);
  }

  static List<BackupProblem> ofStrategy(
      BackupStrategy strategy, Purpose purpose, Map<String, String> facts)
      throws IOException, InterruptedException {
    return strategy instanceof PreflightStrategy careful
        ? careful.problems(purpose, facts)
        : List.of();
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static void attempt(List<BackupProblem> problems, String what, Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException | BackupException e) {
      problems.add(
          new BackupProblem(
              "the store cannot be " + what,
              "grant the right to it, or see what it says: " + e.getMessage()));
    }
  }
}
