package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupKeyException;
import dev.opskit.backup.KeyProvider;
import dev.opskit.backup.WrappedKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Wraps well enough for a contract: a pad that differs each time, and a sum. */
class XorKeys implements KeyProvider {
  private static final int SEED_BYTES = Integer.BYTES;

  final List<String> ids;
  final long secret;
  private int next;

  XorKeys(List<String> ids, long secret) {
    this.ids = ids;
    this.secret = secret;
  }

  /** The last one is current. */
  String current() {
    return ids.get(ids.size() - 1);
  }

  @Override
  public WrappedKey wrap(byte[] dataKey) {
    int seed = seed();
    byte[] sealed = ByteBuffer.allocate(36).put(dataKey).putInt(sum(dataKey)).array();
    xor(sealed, seed, current());
    byte[] bytes = ByteBuffer.allocate(SEED_BYTES + 36).putInt(seed).put(sealed).array();
    return new WrappedKey(current(), Base64.getEncoder().encodeToString(bytes));
  }

  @Override
  public Optional<byte[]> unwrap(WrappedKey wrapped) {
    if (!ids.contains(wrapped.keyId())) {
      return Optional.empty();
    }
    byte[] bytes = Base64.getDecoder().decode(wrapped.ciphertext());
    if (bytes.length != SEED_BYTES + 36) {
      throw refusal(wrapped);
    }
    byte[] sealed = Arrays.copyOfRange(bytes, SEED_BYTES, bytes.length);
    xor(sealed, ByteBuffer.wrap(bytes).getInt(), wrapped.keyId());
    byte[] dataKey = Arrays.copyOf(sealed, 32);
    if (ByteBuffer.wrap(sealed).getInt(32) != sum(dataKey)) {
      throw refusal(wrapped);
    }
    return Optional.of(dataKey);
  }

  int seed() {
    return next++;
  }

  int sum(byte[] dataKey) {
    return Arrays.hashCode(dataKey);
  }

  BackupKeyException refusal(WrappedKey wrapped) {
    return new BackupKeyException("key " + wrapped.keyId() + " does not open it");
  }

  private void xor(byte[] bytes, int seed, String id) {
    byte[] pad = new byte[bytes.length];
    new Random(31 * (31 * secret + seed) + id.hashCode()).nextBytes(pad);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= pad[i];
    }
  }
}
