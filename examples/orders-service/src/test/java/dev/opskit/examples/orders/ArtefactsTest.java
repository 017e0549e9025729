package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactsTest {
  @TempDir Path folder;

  @Test
  void whatIsCommittedIsWhatTheDeclarationsGive() throws IOException {
    assertEquals(
        List.of(),
        Artefacts.staleIn(Path.of("deploy")),
        "generate anew: ./mvnw -q -Pslo -pl examples/orders-service -am process-classes");
  }

  @Test
  void aFileThatWasChangedOrRemovedIsStale() throws IOException {
    Artefacts.main(new String[] {folder.toString()});
    assertEquals(List.of(), Artefacts.staleIn(folder));
    Path rules = folder.resolve("generated/rules.yml");
    Files.writeString(rules, Files.readString(rules) + "\n");
    Files.delete(folder.resolve("k8s/monitoring/paired-rules.yml"));
    assertEquals(
        List.of("generated/rules.yml", "k8s/monitoring/paired-rules.yml"),
        Artefacts.staleIn(folder));
  }
}
