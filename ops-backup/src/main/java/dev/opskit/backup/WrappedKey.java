package dev.opskit.backup;

import java.util.regex.Pattern;

/**
 * A data key that only the holder of another key can read. Not secret.
 *
 * @param keyId names the other key: 1 to 256 printable ASCII characters without a space, such as a
 *     file name or an ARN
 * @param ciphertext in the terms of the {@link KeyProvider}, in Base64, 1 to 8192 characters
 */
public record WrappedKey(String keyId, String ciphertext) {
  private static final Pattern KEY_ID = Pattern.compile("[!-~]{1,256}");
  private static final Pattern CIPHERTEXT = Pattern.compile("[A-Za-z0-9+/_-]{1,8190}={0,2}");

  /** Validates the form. */
  public WrappedKey {
    if (!KEY_ID.matcher(keyId).matches()) {
      throw new IllegalArgumentException(
          "keyId is '%s', must be of the form %s".formatted(keyId, KEY_ID.pattern()));
    }
    if (!CIPHERTEXT.matcher(ciphertext).matches()) {
      throw new IllegalArgumentException(
          "ciphertext for key '%s' is not Base64 of 1 to 8192 characters".formatted(keyId));
    }
  }
}
