package dev.opskit.verification.integration.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of the live database that ask the same thing all the time, and connect again as fast as
 * they can when they lose the connection. Each remembers the longest time between two good answers.
 */
final class Clients implements AutoCloseable {
  private static final long PAUSE_MILLIS = 5;

  private final Entrance entrance;
  private final String question;
  private final List<Client> clients = new ArrayList<>();
  private volatile boolean stopped;

  /** The way into the live database. */
  interface Entrance {
    Connection connect() throws SQLException;
  }

  private Clients(Entrance entrance, String question) {
    this.entrance = entrance;
    this.question = question;
  }

  /** Returns when each has had an answer. */
  static Clients start(int count, Entrance entrance, String question) throws InterruptedException {
    Clients all = new Clients(entrance, question);
    for (int i = 0; i < count; i++) {
      Client client = all.new Client();
      all.clients.add(client);
      client.start();
    }
    all.awaitAnswers();
    all.clients.forEach(client -> client.longestNanos = 0);
    return all;
  }

  /** Until each has had another good answer, which ends the time without one. */
  void awaitAnswers() throws InterruptedException {
    for (Client client : clients) {
      int before = client.answers.get();
      for (int i = 0; client.answers.get() <= before + 1; i++) {
        if (i > 12_000) {
          throw new AssertionError("a client has had no answer for a minute");
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** What 99 of a hundred clients had to wait at most. */
  Duration unavailable() {
    List<Long> sorted = clients.stream().map(client -> client.longestNanos).sorted().toList();
    int index = (int) Math.ceil(sorted.size() * 0.99) - 1;
    return Duration.ofNanos(sorted.get(index));
  }

  /** How many have lost the connection at least once. */
  int sentAway() {
    return (int) clients.stream().filter(client -> client.losses.get() > 0).count();
  }

  @Override
  public void close() {
    stopped = true;
    for (Client client : clients) {
      try {
        client.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class Client extends Thread {
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger losses = new AtomicInteger();
    private long lastNanos = System.nanoTime();
    private volatile long longestNanos;

    @Override
    public void run() {
      while (!stopped) {
        try (Connection connection = entrance.connect();
            Statement statement = connection.createStatement()) {
          while (!stopped && connection.isValid(5)) {
            ask(statement);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
          }
        } catch (SQLException lost) {
          // Either way it connects again.
        } catch (InterruptedException e) {
          return;
        }
        losses.incrementAndGet();
      }
    }

    /** A table that is not there is no good answer, and neither is one without the row. */
    private void ask(Statement statement) throws SQLException {
      try (ResultSet row = statement.executeQuery(question)) {
        if (row.next() && row.getInt(1) == 1) {
          long now = System.nanoTime();
          longestNanos = Math.max(longestNanos, now - lastNanos);
          lastNanos = now;
          answers.incrementAndGet();
        }
      }
    }
  }
}
