package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Redis server answers {@code PING}, over a connection of its own for each run, so that
 * it tells even when the service's client library does not notice. Thread-safe; immutable, each
 * option gives a copy.
 *
 * <p>It tells a server that still loads its data ({@link HealthCause#LOADING}), that wants other
 * credentials ({@link HealthCause#AUTH}) or that takes no writes ({@link HealthCause#READ_ONLY})
 * from one that is not there. Every wait is bounded by the run's timeout; looking up the host's
 * name is not, which the engine's timeout covers.
 */
public final class RedisCheck implements HealthCheck {
  private final String host;
  private final int port;
  private final @Nullable String username;
  private final @Nullable Supplier<char[]> password;
  private final @Nullable SSLSocketFactory tls;
  private final boolean writable;

  private RedisCheck(
      String host,
      int port,
      @Nullable String username,
      @Nullable Supplier<char[]> password,
      @Nullable SSLSocketFactory tls,
      boolean writable) {
    this.host = host;
    this.port = port;
    this.username = username;
    this.password = password;
    this.tls = tls;
    this.writable = writable;
  }

  /**
   * A check without credentials or TLS.
   *
   * @param host a name or an address
   * @param port 1 to 65,535; Redis' usual one is 6379
   * @return the check
   * @throws IllegalArgumentException if the port is out of range
   */
  public static RedisCheck at(String host, int port) {
    BoundedSocket.requirePort(port);
    return new RedisCheck(Objects.requireNonNull(host, "host"), port, null, null, null, false);
  }

  /**
   * With a password, for servers with {@code requirepass}.
   *
   * @param password asked in each run, for example a secret's handle; the array is wiped after use
   * @return a copy
   */
  public RedisCheck password(Supplier<char[]> password) {
    return new RedisCheck(host, port, username, password, tls, writable);
  }

  /**
   * With a user of Redis' access control lists; give a password as well.
   *
   * @param username the user's name
   * @return a copy
   */
  public RedisCheck username(String username) {
    return new RedisCheck(host, port, username, password, tls, writable);
  }

  /**
   * Over TLS, with the host's name verified.
   *
   * @param factory whom to trust; {@code (SSLSocketFactory) SSLSocketFactory.getDefault()} for the
   *     JVM's own
   * @return a copy
   */
  public RedisCheck tls(SSLSocketFactory factory) {
    return new RedisCheck(host, port, username, password, factory, writable);
  }

  /**
   * Also asks whether the server takes writes: a replica is then down with {@link
   * HealthCause#READ_ONLY}.
   *
   * @return a copy
   */
  public RedisCheck writable() {
    return new RedisCheck(host, port, username, password, tls, true);
  }

  @Override
  public HealthResult check(CheckContext context) {
    try (Socket plain = BoundedSocket.connect(host, port, context);
        Socket socket = secured(plain)) {
      RespClient redis = new RespClient(socket);
      String refused = authenticate(redis);
      if (refused == null) {
        BoundedSocket.limitReads(socket, context);
        redis.send(RespClient.ascii("PING"));
        String reply = redis.line();
        refused = reply.equals("+PONG") ? null : reply;
      }
      if (refused == null && writable) {
        BoundedSocket.limitReads(socket, context);
        refused = role(redis);
      }
      return refused == null ? HealthResult.up() : HealthResult.down(cause(refused), said(refused));
    } catch (IOException e) {
      return ConnectionFailures.down("asking Redis at " + host + ":" + port, e);
    }
  }

  private Socket secured(Socket plain) throws IOException {
    if (tls == null) {
      return plain;
    }
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** What the server said against the credentials, null if it took them or none are set. */
  private @Nullable String authenticate(RespClient redis) throws IOException {
    if (password == null) {
      return null;
    }
    char[] chars = password.get();
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    try {
      if (username == null) {
        redis.send(RespClient.ascii("AUTH"), bytes);
      } else {
        redis.send(RespClient.ascii("AUTH"), username.getBytes(StandardCharsets.UTF_8), bytes);
      }
    } finally {
      Arrays.fill(chars, '\0');
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
    }
    String reply = redis.line();
    return reply.equals("+OK") ? null : reply;
  }

  /** {@code ROLE} answers an array whose first element is a bulk string: {@code master} or not. */
  private static @Nullable String role(RespClient redis) throws IOException {
    redis.send(RespClient.ascii("ROLE"));
    String reply = redis.line();
    if (!reply.startsWith("*")) {
      return reply;
    }
    redis.line();
    return redis.line().equals("master") ? null : "-READONLY the server is a replica";
  }

  /** By the first word of the error, which Redis documents as its kind. */
  private static HealthCause cause(String reply) {
    String kind = reply.split(" ", 2)[0];
    return switch (kind) {
      case "-LOADING", "-MASTERDOWN" -> HealthCause.LOADING;
      case "-NOAUTH", "-WRONGPASS", "-NOPERM" -> HealthCause.AUTH;
      case "-READONLY", "-MISCONF" -> HealthCause.READ_ONLY;
      default ->
          reply.startsWith("-ERR") && reply.contains("AUTH")
              ? HealthCause.AUTH
              : HealthCause.FAILED;
    };
  }

  /** The kind of the error alone: its text may repeat a user's name. */
  private static String said(String reply) {
    String kind = reply.split(" ", 2)[0];
    return kind.matches("-[A-Z]{1,20}")
        ? "Redis answered " + kind.substring(1)
        : "the answer was not Redis'";
  }

  @Override
  public boolean interruptible() {
    return true;
  }
}
