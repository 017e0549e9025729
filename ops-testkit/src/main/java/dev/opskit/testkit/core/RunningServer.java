package dev.opskit.testkit.core;

/**
 * A server that the contract of an adapter may send requests to.
 *
 * @param port where it listens, on 127.0.0.1
 * @param stop ends it; returns when the requests that it was handling are over
 */
public record RunningServer(int port, AutoCloseable stop) implements AutoCloseable {
  @Override
  public void close() throws Exception {
    stop.close();
  }
}
