package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Sockets whose every wait ends with the time of the run. */
final class BoundedSocket {
  private BoundedSocket() {}

  static Socket connect(String host, int port, CheckContext context) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, remainingMillis(context));
      limitReads(socket, context);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  static void limitReads(Socket socket, CheckContext context) throws IOException {
    socket.setSoTimeout(remainingMillis(context));
  }

  /** Never 0, which sockets take for no limit at all. */
  static int remainingMillis(CheckContext context) throws SocketTimeoutException {
    long millis = context.remaining().toMillis();
    if (millis <= 0) {
      throw new SocketTimeoutException("the time of the run is over");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  static void requirePort(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + ", must be 1 to 65535");
    }
  }
}
