package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in the description of the format decrypts a backup without this library. */
@Tag("once")
@Timeout(120)
class DecryptByHandTest {
  @TempDir Path folder;

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theProgramOfTheDescriptionDecryptsEveryStream() throws Exception {
    byte[] several = Fixture.randomBytes(Chunks.PLAIN_BYTES + 12_345);
    byte[] few = Fixture.randomBytes(77);
    fixture.strategy.with("first", few).with("database", several);
    Files.writeString(folder.resolve("2026-11"), "0f".repeat(32) + "\n");
    try (BackupService service =
        BackupService.builder("orders")
            .strategy(fixture.strategy)
            .store(FileSystemBackupStore.at(folder))
            .compression(Compression.NONE)
            .encryption(new TestKeys("other"), FileKeyProvider.of(folder, "2026-11"))
            .build()) {
      String id = service.backupNow().id();
      Path program = folder.resolve("Decrypt.java");
      Files.writeString(program, programOfTheDescription());

      assertEquals(0, run(program, id, "database"));
      assertArrayEquals(several, Files.readAllBytes(folder.resolve("out")));
      assertEquals(0, run(program, id, "first"));
      assertArrayEquals(few, Files.readAllBytes(folder.resolve("out")));

      Path chunks = folder.resolve("v1/orders/chunks/" + id + "/database");
      Files.delete(chunks.resolve("00000001.raw.aes"));
      assertNotEquals(0, run(program, id, "database"), "the first chunk is missing");
    }
  }

  private int run(Path program, String id, String stream) throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(),
                "v1/orders/manifests/" + id + ".jsonl",
                "v1/orders/chunks/" + id,
                "2026-11",
                stream)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertTrue(java.waitFor(60, TimeUnit.SECONDS), "it did not end");
    return java.exitValue();
  }

  private static String programOfTheDescription() throws IOException {
    Path description = Path.of(System.getProperty("basedir", "."), "../docs/backup-format.md");
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(description));
    assertTrue(block.find(), "the description has no program");
    return block.group(1);
  }
}
