package dev.opskit.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server on a free loopback port that does with each connection what a test wants. */
final class LoopbackServer implements AutoCloseable {
  interface Behaviour {
    void serve(Socket client) throws IOException;
  }

  private final ServerSocket socket;
  private final Behaviour behaviour;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  LoopbackServer(Behaviour behaviour) {
    this(plain(), behaviour);
  }

  LoopbackServer(ServerSocket socket, Behaviour behaviour) {
    this.socket = socket;
    this.behaviour = behaviour;
    Thread acceptor = new Thread(this::accept, "loopback-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** Accepts and never answers. */
  static LoopbackServer blackHole() {
    return new LoopbackServer(
        client -> {
          while (client.getInputStream().read() >= 0) {
            // Reads on until the client gives up.
          }
        });
  }

  /** A port on which nobody listens. */
  static int closedPort() {
    try (ServerSocket free = plain()) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  private static ServerSocket plain() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        clients.add(client);
        Thread thread = new Thread(() -> serve(client), "loopback-client");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      behaviour.serve(client);
    } catch (IOException gone) {
      // The client has what it wanted, or has given up.
    } finally {
      clients.remove(client);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
