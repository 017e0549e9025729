package dev.opskit.backup;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one backup. Closing wipes it; what the JDK's ciphers have derived from it meanwhile
 * goes with the garbage. Thread-safe.
 */
final class DataKey implements SecretKey, AutoCloseable {
  static final int BYTES = 32;
  private static final long serialVersionUID = 1L;

  private static final byte[] MAC_LABEL = "opskit manifest".getBytes(StandardCharsets.US_ASCII);

  private final transient byte[] bytes;
  private transient boolean wiped;

  private DataKey(byte[] bytes) {
    this.bytes = bytes;
  }

  static DataKey random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new DataKey(bytes);
  }

  /** Takes the array over. */
  static DataKey of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a data key has " + BYTES + " bytes, not " + bytes.length);
    }
    return new DataKey(bytes);
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  /** A copy, which the JDK's ciphers wipe. */
  @Override
  public synchronized byte[] getEncoded() {
    if (wiped) {
      // Zeros would encrypt just as well.
      throw new IllegalStateException("the data key is wiped");
    }
    return bytes.clone();
  }

  /** In a time that tells nothing of where they differ. */
  boolean isSameAs(DataKey other) {
    byte[] ours = getEncoded();
    byte[] theirs = other.getEncoded();
    boolean same = MessageDigest.isEqual(ours, theirs);
    Arrays.fill(ours, (byte) 0);
    Arrays.fill(theirs, (byte) 0);
    return same;
  }

  /** Of a manifest, in hexadecimal. The key of the MAC is derived, so that a key has one use. */
  String mac(byte[] bytes, int length) {
    byte[] dataKey = getEncoded();
    byte[] macKey = hmac(dataKey, MAC_LABEL, MAC_LABEL.length);
    String mac = HexFormat.of().formatHex(hmac(macKey, bytes, length));
    Arrays.fill(dataKey, (byte) 0);
    Arrays.fill(macKey, (byte) 0);
    return mac;
  }

  @Override
  public synchronized void destroy() {
    Arrays.fill(bytes, (byte) 0);
    wiped = true;
  }

  @Override
  public synchronized boolean isDestroyed() {
    return wiped;
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public String toString() {
    return "DataKey";
  }

  private static byte[] hmac(byte[] key, byte[] bytes, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(bytes, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HmacSHA256", e);
    }
  }
}
