package dev.opskit.health;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.time.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * The built-in checks that need no options. {@link JdbcCheck} and {@link RedisCheck} have their
 * own. All are thread-safe and own nothing that must be closed.
 *
 * <p>Those that look outside of the process bound each wait by the run's timeout, except for the
 * look-up of a host's name, and count as PRIVATE unless the registration says otherwise.
 */
public final class Checks {
  private Checks() {}

  /**
   * Whether a port accepts connections.
   *
   * @param host a name or an address
   * @param port 1 to 65,535
   * @return the check
   * @throws IllegalArgumentException if the port is out of range
   */
  public static HealthCheck tcp(String host, int port) {
    return new TcpCheck(host, port);
  }

  /**
   * Whether a service answers a GET with a status of 200 to 399. Redirects are not followed.
   *
   * @param uri {@code http} or {@code https}, without user and password
   * @return the check
   * @throws IllegalArgumentException if the address is of another form; it is not repeated
   */
  public static HealthCheck http(URI uri) {
    return new HttpServiceCheck(uri);
  }

  /**
   * How long the certificates that a server shows are still valid: DEGRADED when one is about to
   * expire, DOWN when one has expired. It does not check whether they are to be trusted.
   *
   * @param host a name or an address
   * @param port 1 to 65,535
   * @param warnBefore how long before, 0 or more
   * @return the check
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static HealthCheck tlsExpiry(String host, int port, Duration warnBefore) {
    return new TlsExpiryCheck(host, port, warnBefore, TimeSource.system());
  }

  /**
   * Whether a folder's disk has enough room left and takes a new file.
   *
   * @param folder an existing folder that this process may write to; a file of one byte is written
   *     and deleted in each run
   * @param minimumBytes what must be left for this process, more than 0
   * @return the check; LOCAL
   * @throws IllegalArgumentException if {@code minimumBytes} is out of range
   */
  public static HealthCheck disk(Path folder, long minimumBytes) {
    return new DiskCheck(folder, minimumBytes);
  }

  /**
   * How full the heap was after the last collection; DEGRADED when it is nearly full of live data.
   *
   * @param maxUsedRatio above 0 and at most 1, for example 0.9
   * @return the check; LOCAL
   * @throws IllegalArgumentException if the ratio is out of range
   */
  public static HealthCheck heap(double maxUsedRatio) {
    return new HeapCheck(maxUsedRatio);
  }

  /**
   * Whether threads of this process wait for each other for ever. Fit for the liveness probe: only
   * a restart helps.
   *
   * @return the check; LOCAL
   */
  public static HealthCheck deadlock() {
    return new DeadlockCheck();
  }

  /**
   * Whether a thread pool keeps up; DEGRADED when all its threads are busy and more tasks wait than
   * they should.
   *
   * @param executor stays the caller's to shut down
   * @param maxWaiting 0 or more
   * @return the check; LOCAL
   * @throws IllegalArgumentException if {@code maxWaiting} is negative
   */
  public static HealthCheck executor(ThreadPoolExecutor executor, int maxWaiting) {
    return new ExecutorCheck(executor, maxWaiting);
  }
}
