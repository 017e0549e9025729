package dev.opskit.secrets;

import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names the content of a file. Its time alone does not: two changes within one tick of the file
 * system's clock have the same. The digest is keyed anew in each process, so that a weak password
 * cannot be guessed from it.
 */
final class ContentVersion {
  private static final int DIGEST_BYTES = 4;

  private final byte[] salt = new byte[32];

  ContentVersion() {
    new SecureRandom().nextBytes(salt);
  }

  String of(FileTime changed, byte[] content) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      byte[] digest = Arrays.copyOf(sha256.digest(content), DIGEST_BYTES);
      return changed + "-" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
