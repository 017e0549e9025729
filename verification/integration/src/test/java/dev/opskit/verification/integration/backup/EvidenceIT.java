package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.DrillEvidence;
import dev.opskit.backup.DrillEvidence.Check;
import dev.opskit.backup.DrillEvidence.Outcome;
import dev.opskit.backup.EvidenceReport;
import dev.opskit.verification.integration.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stranger with the guide and openssl can tell a true report from one that was changed. */
@Timeout(300)
class EvidenceIT {
  @TempDir Path folder;

  @Test
  void theCommandsOfTheGuideMakeAKeyAndVerifyTheReport() throws Exception {
    RealParts.executable("openssl", "openssl", "install Debian's package 'openssl'");
    List<String> commands = commands();
    assertEquals(0, run(commands.get(0)));
    try (Shop shop = Shop.open(folder, 1_000);
        BackupService backups =
            BackupService.builder(Shop.NAME)
                .strategy(shop.strategy().build())
                .store(Place.FILES.empty(folder))
                .build()) {
      String id = backups.backupNow().id();
      backups.restores().drill(id, target -> assertEquals("1000", orders(shop, target)));
      assertThrows(
          BackupRefusedException.class,
          () -> backups.restores().drill(id, target -> assertEquals("0", orders(shop, target))));

      EvidenceReport report = backups.restores().evidence(Duration.ofDays(1));

      assertEquals(
          List.of(Outcome.FAILED, Outcome.PASSED),
          report.drills().stream().map(DrillEvidence::outcome).toList());
      assertTrue(report.drills().get(0).note().contains("1000"));
      DrillEvidence passed = report.drills().get(1);
      assertEquals(List.of(Check.RESTORED, Check.COMPARED, Check.PROBED), passed.checks());
      assertEquals("1100", passed.facts().get("rows"), "of orders and customers");
      assertTrue(passed.facts().containsKey("server.version"));
      write(report);
    }
    byte[] json = Files.readAllBytes(folder.resolve("evidence.json"));
    assertEquals(0, run(commands.get(1)));
    String changed = Files.readString(folder.resolve("evidence.json")).replace("failed", "passed");
    Files.writeString(folder.resolve("evidence.json"), changed);
    assertNotEquals(0, run(commands.get(1)), "a failure was made a success");
    Files.write(folder.resolve("evidence.json"), json);
    assertEquals(0, run(commands.get(0)));
    assertNotEquals(0, run(commands.get(1)), "of another key");
  }

  /** The same lines as in the guide. */
  private void write(EvidenceReport evidence) throws Exception {
    String pem =
        Files.readString(folder.resolve("evidence.key")).replaceAll("-----[A-Z ]+-----|\\s", "");
    PrivateKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    Files.write(folder.resolve("evidence.json"), evidence.json());
    Files.write(folder.resolve("evidence.json.sig"), evidence.sign(key));
  }

  private static String orders(Shop shop, String database) throws Exception {
    return shop.query(database, "SELECT count(*) FROM orders");
  }

  private static List<String> commands() throws Exception {
    Path guide = Path.of(System.getProperty("basedir"), "../../docs/evidence.md");
    List<String> blocks =
        Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(guide))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertEquals(2, blocks.size(), "to make a key, and to verify");
    assertTrue(blocks.get(1).lines().count() <= 5);
    return blocks;
  }

  private int run(String commands) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-ec", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("commands.log").toFile())
            .start();
    assertTrue(shell.waitFor(60, TimeUnit.SECONDS), "the commands did not end");
    System.out.print(Files.readString(folder.resolve("commands.log")));
    return shell.exitValue();
  }
}
