package dev.opskit.health;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why something on the network could not be reached, told from the exception and its causes. */
final class ConnectionFailures {
  private static final int MAX_CAUSES = 16;

  private ConnectionFailures() {}

  /** Names what was tried, never the exception's text, which is the platform's. */
  static HealthResult down(String what, IOException failure) {
    HealthCause cause = cause(failure);
    return HealthResult.down(
        cause == null ? HealthCause.FAILED : cause,
        what + " failed: " + failure.getClass().getSimpleName());
  }

  /** Null if nothing in the chain tells. */
  static @Nullable HealthCause cause(Throwable failure) {
    Throwable at = failure;
    for (int i = 0; at != null && i < MAX_CAUSES; i++) {
      HealthCause cause = causeOf(at);
      if (cause != null) {
        return cause;
      }
      at = at.getCause();
    }
    return null;
  }

  private static @Nullable HealthCause causeOf(Throwable failure) {
    if (failure instanceof SocketTimeoutException) {
      return HealthCause.TIMEOUT;
    }
    if (failure instanceof UnknownHostException) {
      return HealthCause.DNS;
    }
    if (failure instanceof SSLException) {
      return HealthCause.TLS;
    }
    return failure instanceof SocketException || failure instanceof EOFException
        ? HealthCause.REFUSED
        : null;
  }
}
