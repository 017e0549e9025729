package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.EvidenceReport;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.files.FolderBackup;
import dev.opskit.secrets.MountedFileProvider;
import dev.opskit.secrets.OpsSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
  @TempDir Path folder;

  @Test
  void aMountedKeySignsIt() throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    mount(
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getEncoder().encodeToString(key.getEncoded())));
    EvidenceReport report = write(mounted());

    assertArrayEquals(report.sign(key), Files.readAllBytes(file("evidence.json.sig")));
    assertArrayEquals(report.json(), Files.readAllBytes(file("evidence.json")));
    assertEquals(report.markdown(), Files.readString(file("evidence.md")));
  }

  @Test
  void withoutAKeyThereIsNoSignatureNotEvenAnOldOne() throws Exception {
    Files.createDirectories(folder.resolve("evidence"));
    Files.writeString(file("evidence.json.sig"), "of another report");

    write(mounted());

    assertTrue(Files.exists(file("evidence.json")));
    assertFalse(Files.exists(file("evidence.json.sig")));
  }

  @Test
  void aKeyThatIsNoneIsNamedAndNotShown() throws Exception {
    mount("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, this::mounted);

    assertTrue(e.getMessage().startsWith("the secret evidence-key is no Ed25519 key"));
    assertFalse(e.getMessage().contains("c2VjcmV0"));
  }

  private void mount(String pem) throws IOException {
    Path file = folder.resolve("evidence-key");
    Files.writeString(file, pem);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Optional<PrivateKey> mounted() {
    try (OpsSecrets secrets =
        OpsSecrets.builder().provider(MountedFileProvider.of(folder)).build()) {
      return Evidence.key(secrets);
    }
  }

  private EvidenceReport write(Optional<PrivateKey> key) throws IOException {
    try (BackupService backups =
        BackupService.builder("orders")
            .strategy(FolderBackup.of(folder))
            .store(FileSystemBackupStore.at(folder.resolve("backups")))
            .build()) {
      return Evidence.write(backups, key, folder.resolve("evidence"));
    }
  }

  private Path file(String name) {
    return folder.resolve("evidence").resolve(name);
  }
}
