package dev.opskit.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a folder, for example one that is mounted from a secret store: one file a key, whose name
 * is the key's id and whose content is 64 hexadecimal digits, as {@code openssl rand -hex 32}
 * writes them. To rotate, add a file and name that one; the older files stay for as long as there
 * are backups for them.
 *
 * <p>A file is read each time it is needed and wiped from memory afterwards. Keep the files where
 * the backups are not, and a copy where this machine is not. Thread-safe; nothing to close.
 */
public final class FileKeyProvider implements KeyProvider {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int WRAPPED_BYTES = NONCE_BYTES + DataKey.BYTES + TAG_BITS / 8;

  private final Path folder;
  private final String keyId;
  private final SecureRandom random = new SecureRandom();

  private FileKeyProvider(Path folder, String keyId) {
    this.folder = folder;
    this.keyId = keyId;
  }

  /**
   * Keys in a folder. Nothing is read yet.
   *
   * @param folder where the files are
   * @param keyId the file of the key that new backups are encrypted for, {@code
   *     [A-Za-z0-9_-][A-Za-z0-9._-]{0,127}}
   * @return the provider
   * @throws IllegalArgumentException if the id is of another form
   */
  public static FileKeyProvider of(Path folder, String keyId) {
    Objects.requireNonNull(folder, "folder");
    if (!ID.matcher(keyId).matches()) {
      throw new IllegalArgumentException(
          "keyId is '%s', must be of the form %s".formatted(keyId, ID.pattern()));
    }
    return new FileKeyProvider(folder, keyId);
  }

  @Override
  public WrappedKey wrap(byte[] dataKey) {
    try (DataKey key =
        read(keyId)
            .orElseThrow(
                () ->
                    new BackupKeyException(
                        "there is no file for key %s in %s".formatted(keyId, folder)))) {
      byte[] nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, keyId, nonce).doFinal(dataKey);
      byte[] wrapped = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, wrapped, nonce.length, sealed.length);
      return new WrappedKey(keyId, Base64.getEncoder().encodeToString(wrapped));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("wrapping with key " + keyId + " failed", e);
    }
  }

  @Override
  public Optional<byte[]> unwrap(WrappedKey wrapped) {
    String id = wrapped.keyId();
    Optional<DataKey> found = ID.matcher(id).matches() ? read(id) : Optional.empty();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (DataKey key = found.get()) {
      byte[] bytes = Base64.getDecoder().decode(wrapped.ciphertext());
      if (bytes.length != WRAPPED_BYTES) {
        throw doesNotOpen(id, null);
      }
      byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, id, nonce);
      return Optional.of(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES));
    } catch (AEADBadTagException | IllegalArgumentException e) {
      throw doesNotOpen(id, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("unwrapping with key " + id + " failed", e);
    }
  }

  private static Cipher cipher(int mode, DataKey key, String id, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  private Optional<DataKey> read(String id) {
    Path file = folder.resolve(id);
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFailures.of("reading key " + id, e);
    }
    char[] digits = new char[2 * DataKey.BYTES];
    try {
      int length = text.length;
      while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
        length--;
      }
      if (length != digits.length) {
        throw notAKey(id);
      }
      for (int i = 0; i < length; i++) {
        digits[i] = (char) (text[i] & 0xff);
      }
      return Optional.of(DataKey.of(HexFormat.of().parseHex(digits, 0, length)));
    } catch (IllegalArgumentException e) {
      // Without the cause, which quotes what it has read.
      throw notAKey(id);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(digits, '0');
    }
  }

  private BackupKeyException doesNotOpen(String id, @Nullable Exception cause) {
    return new BackupKeyException(
        "key %s in %s does not open the data key: another key has its id, or the manifest was changed"
            .formatted(id, folder),
        cause);
  }

  private BackupKeyException notAKey(String id) {
    return new BackupKeyException(
        "file %s does not hold a key: write 64 hexadecimal digits, as openssl rand -hex 32 does"
            .formatted(folder.resolve(id)));
  }
}
