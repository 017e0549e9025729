package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Among innocent log text nothing is taken for a secret. {@code -Dopskit.corpus.mb=100} makes it a
 * long run.
 */
class CleanCorpusTest {
  private static final int SECRETS = 1_000;
  private static final long BYTES = Long.getLong("opskit.corpus.mb", 5) << 20;
  private static final String[] WORDS =
      ("the order of customer with total was placed cancelled shipped refunded in warehouse GET"
           + " POST /orders/17 /health HTTP/1.1 200 404 503 ms took connection refused to database"
           + " pool-1-thread-7 org.example.shop.Checkout java.io.IOException: at line timeout"
           + " {\"id\":17,\"name\":\"caf\u00e9\"} a+b=c 100% of C:\\temp\\n"
           + "ew \\n"
           + " \\u00e9 %2Fpath password token secret retry null true \u20ac \u4f60\u597d"
           + " \ud83d\ude00")
          .split(" ");

  private final SplittableRandom random = new SplittableRandom(20261126);

  @Test
  void nothingIsTakenForASecret() {
    SensitiveValues values = new SensitiveValues();
    for (int i = 0; i < SECRETS; i++) {
      values.register(secret(i));
    }
    long seen = 0;
    while (seen < BYTES) {
      byte[] line = line().getBytes(StandardCharsets.UTF_8);
      byte[] masked = line.clone();
      int length = values.mask(masked, 0, masked.length);
      assertEquals(line.length, length, () -> new String(line, StandardCharsets.UTF_8));
      seen += line.length;
    }
  }

  /** Passwords, keys and ids, drawn apart from those in the text. */
  private byte[] secret(int i) {
    byte[] bytes = bytes(6 + i % 30);
    String text =
        switch (i % 3) {
          case 0 -> Base64.getEncoder().encodeToString(bytes);
          case 1 -> HexFormat.of().formatHex(bytes);
          default -> "S3c-" + Base64.getUrlEncoder().encodeToString(bytes);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String line() {
    StringBuilder line = new StringBuilder(512);
    for (int i = random.nextInt(20, 80); i > 0; i--) {
      switch (random.nextInt(12)) {
        case 0 -> line.append(new UUID(random.nextLong(), random.nextLong()));
        case 1 -> line.append(HexFormat.of().formatHex(bytes(16)));
        case 2 -> line.append(Base64.getEncoder().encodeToString(bytes(random.nextInt(40))));
        case 3 -> line.append(random.nextLong());
        default -> line.append(WORDS[random.nextInt(WORDS.length)]);
      }
      line.append(' ');
    }
    return line.toString();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
