package dev.opskit.verification.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Probes over HTTP with as little work as can be, as it shares the machine with what it measures.
 * Confined to one thread.
 */
final class ProbeClient implements AutoCloseable {
  private final InetSocketAddress server;
  private final int limitMillis;
  private final boolean keepsConnection;
  private final byte[] request;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  ProbeClient(InetSocketAddress server, Duration limit, boolean keepsConnection) {
    this.server = server;
    this.limitMillis = (int) limit.toMillis();
    this.keepsConnection = keepsConnection;
    String connection = keepsConnection ? "keep-alive" : "close";
    this.request =
        "GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: %s\r\n\r\n"
            .formatted(connection)
            .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * One probe, read to its end.
   *
   * @return the status
   * @throws SocketTimeoutException if nothing comes within the limit
   */
  int probe() throws IOException {
    InputStream answer = connect();
    socket.getOutputStream().write(request);
    int status = Integer.parseInt(line(answer).split(" ")[1]);
    int length = 0;
    for (String header = line(answer); !header.isEmpty(); header = line(answer)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).trim());
      }
    }
    if (length == 0 || answer.readNBytes(length).length != length) {
      throw new EOFException("the answer has no body, or was cut");
    }
    if (!keepsConnection) {
      close();
    }
    return status;
  }

  private InputStream connect() throws IOException {
    if (in == null) {
      socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(limitMillis);
      // Ports that wait for stragglers would be used up within seconds.
      socket.setSoLinger(true, 0);
      socket.connect(server, limitMillis);
      in = new BufferedInputStream(socket.getInputStream());
    }
    return in;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
      in = null;
    }
  }
}
