package dev.opskit.metrics.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a webhook as the Standard Webhooks specification wants it: HMAC-SHA256 over id, timestamp
 * and body, so that neither can be changed nor an old one be sent again.
 */
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private final Supplier<byte[]> key;

  Signature(Supplier<byte[]> key) {
    this.key = key;
  }

  /** The value of the header {@code webhook-signature}. Wipes what the supplier gave. */
  String of(String id, long timestampSeconds, byte[] body) {
    byte[] bytes = key.get();
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      mac.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
