package dev.opskit.secrets;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what a {@link SecretType} made. */
final class Wiping {
  private static final Logger logger = LoggerFactory.getLogger(Wiping.class);

  private Wiping() {}

  static void wipe(Object value) {
    if (value instanceof SecretValue own) {
      own.wipe();
    } else if (value instanceof DatabaseCredentials own) {
      own.password().wipe();
    } else if (value instanceof UsernamePassword own) {
      own.password().wipe();
    } else if (value instanceof ApiKey own) {
      own.key().wipe();
    } else if (value instanceof KeyValues own) {
      own.wipe();
    } else if (value instanceof PemCertificate own) {
      own.wipe();
    } else if (value instanceof AutoCloseable theirs) {
      close(theirs);
    }
  }

  private static void close(AutoCloseable theirs) {
    try {
      theirs.close();
    } catch (Exception e) {
      // Not its message, which may quote what it held.
      logger.warn("closing a superseded {} threw {}", theirs.getClass(), e.getClass());
    }
  }
}
