package dev.opskit.backup;

import java.util.Optional;

/**
 * Keeps the keys that backups are encrypted for. The key that encrypts the data is new with each
 * backup and lies in its manifest, wrapped by a provider's key.
 *
 * <p>{@link BackupService} calls it on the thread of its caller: {@link #wrap} once before each
 * backup, {@link #unwrap} before anything encrypted is read, and both once in a preflight.
 * Implementations are thread-safe, may block and bound their own time-outs. The arrays are wiped by
 * the service. {@link BackupKeyException} means that a key is lost, wrong or forbidden, {@link
 * BackupUnavailableException} that it may work later; any other exception is treated as the latter.
 * {@code KeyProviderContract} in ops-testkit checks an implementation.
 */
public interface KeyProvider {

  /**
   * Wraps a data key with the current key, so that only a holder of that key can unwrap it and
   * every change to what was wrapped is noticed.
   *
   * @param dataKey 32 bytes, to be left as they are and not to be kept
   * @return what goes into the manifest, where everybody who reads the store sees it
   */
  WrappedKey wrap(byte[] dataKey);

  /**
   * Unwraps a data key, also one that was wrapped with an older key.
   *
   * @param wrapped what {@link #wrap} of any provider has returned once
   * @return the 32 bytes in an array of their own; empty if the key with that id is not one of this
   *     provider's
   * @throws BackupKeyException if the key is known and does not open it
   */
  Optional<byte[]> unwrap(WrappedKey wrapped);
}
