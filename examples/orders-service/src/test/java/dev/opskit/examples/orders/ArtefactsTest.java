package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArtefactsTest {
  @Test
  void whatIsCommittedIsWhatTheDeclarationsGive() throws IOException {
    assertEquals(
        List.of(),
        Artefacts.generate().staleIn(Path.of("deploy/generated")),
        "generate anew: ./mvnw -q -Pslo -pl examples/orders-service -am process-classes");
  }
}
