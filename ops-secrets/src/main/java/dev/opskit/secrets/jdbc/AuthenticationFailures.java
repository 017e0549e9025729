package dev.opskit.secrets.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a refused login from a database that is away. */
final class AuthenticationFailures {
  private static final String INVALID_AUTHORIZATION = "28";

  private AuthenticationFailures() {}

  /** Pools and proxies wrap what the driver says, so all that it is wrapped in is looked at. */
  static boolean contains(@Nullable Throwable failure) {
    return contains(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean contains(@Nullable Throwable failure, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return false;
    }
    if (failure instanceof SQLException sql) {
      String state = sql.getSQLState();
      if (state != null && state.startsWith(INVALID_AUTHORIZATION)
          || contains(sql.getNextException(), seen)) {
        return true;
      }
    }
    return contains(failure.getCause(), seen);
  }
}
