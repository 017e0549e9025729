package dev.opskit.secrets.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/**
 * A database that knows logins and nothing else: it counts those that fail, as one does that locks
 * accounts, and refuses whatever else it is asked for.
 */
final class StrictDriver implements Driver, AutoCloseable {
  private static final String SCHEME = "jdbc:strict:";

  final Set<String> accepted = ConcurrentHashMap.newKeySet();
  final List<String> failed = new CopyOnWriteArrayList<>();
  final AtomicInteger opened = new AtomicInteger();
  volatile SQLException outage;
  private final String url;

  StrictDriver(String name) throws SQLException {
    this.url = SCHEME + name;
    DriverManager.registerDriver(this);
  }

  String url() {
    return url;
  }

  void accepts(String... logins) {
    accepted.clear();
    accepted.addAll(List.of(logins));
  }

  @Override
  public Connection connect(String wanted, Properties login) throws SQLException {
    if (!acceptsURL(wanted)) {
      return null;
    }
    if (outage != null) {
      throw outage;
    }
    String who = login.getProperty("user") + "/" + login.getProperty("password");
    if (!accepted.contains(who)) {
      failed.add(who);
      throw new SQLException("password authentication failed", "28P01");
    }
    opened.incrementAndGet();
    return connection(who);
  }

  private static Connection connection(String who) {
    return (Connection)
        Proxy.newProxyInstance(
            StrictDriver.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "close" -> null;
                  case "toString" -> who;
                  default -> throw new AssertionError("nobody should call " + method);
                });
  }

  @Override
  public boolean acceptsURL(String wanted) {
    return wanted.equals(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String wanted, Properties info) {
    throw new AssertionError("nobody should ask");
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void close() throws SQLException {
    DriverManager.deregisterDriver(this);
  }
}
