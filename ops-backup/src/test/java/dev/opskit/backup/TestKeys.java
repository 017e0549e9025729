package dev.opskit.backup;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Keeps data keys itself, so that tests can look at them. */
final class TestKeys implements KeyProvider {
  final List<byte[]> given = new ArrayList<>();
  private final String keyId;

  TestKeys(String keyId) {
    this.keyId = keyId;
  }

  Packaging packaging() {
    return new Recipients(List.of(this)).packaging(Compression.zstd(1), 0, new SecureRandom());
  }

  @Override
  public WrappedKey wrap(byte[] dataKey) {
    given.add(dataKey);
    return new WrappedKey(keyId, HexFormat.of().formatHex(dataKey));
  }

  @Override
  public Optional<byte[]> unwrap(WrappedKey wrapped) {
    if (!wrapped.keyId().equals(keyId)) {
      return Optional.empty();
    }
    byte[] dataKey = HexFormat.of().parseHex(wrapped.ciphertext());
    given.add(dataKey);
    return Optional.of(dataKey);
  }
}
