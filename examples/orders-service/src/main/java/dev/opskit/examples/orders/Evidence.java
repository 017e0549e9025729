package dev.opskit.examples.orders;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.EvidenceReport;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an auditor is shown: {@code evidence.json}, its signature, and a page for people. */
public final class Evidence {
  /** An Ed25519 key as PEM (PKCS #8), among the mounted secrets; without it nothing is signed. */
  static final SecretRef KEY = SecretRef.of("evidence-key");

  private static final Logger logger = LoggerFactory.getLogger(Evidence.class);
  private static final Duration PERIOD = Duration.ofDays(365);
  private static final Duration RECOVERY_TIME = Duration.ofHours(1);

  private Evidence() {}

  static Optional<PrivateKey> key(OpsSecrets secrets) {
    try {
      return Optional.of(secrets.get(KEY).withBytes(Evidence::parse));
    } catch (SecretException.NotFound e) {
      logger.info("the evidence is not signed: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static PrivateKey parse(byte[] pem) {
    String base64 =
        new String(pem, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without the cause: its message may quote the key.
      throw new IllegalArgumentException(
          "the secret "
              + KEY.id()
              + " is no Ed25519 key in PEM; make one: openssl genpkey -algorithm ed25519");
    }
  }

  /**
   * Writes the report of the drills of the last year.
   *
   * @param backups whose drills
   * @param key signs it; empty to write it without a signature
   * @param folder is made if it is not there
   * @return what was written
   * @throws IOException if the folder cannot be written
   */
  public static EvidenceReport write(BackupService backups, Optional<PrivateKey> key, Path folder)
      throws IOException {
    EvidenceReport report =
        backups.restores().evidence(PERIOD).against(OrdersService.BACKUP_MAX_AGE, RECOVERY_TIME);
    Files.createDirectories(folder);
    Path signature = folder.resolve("evidence.json.sig");
    // That of the report before does not fit any more.
    Files.deleteIfExists(signature);
    Files.write(folder.resolve("evidence.json"), report.json());
    if (key.isPresent()) {
      Files.write(signature, report.sign(key.get()));
    }
    Files.writeString(folder.resolve("evidence.md"), report.markdown());
    return report;
  }
}
