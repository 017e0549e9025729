package dev.opskit.backup.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** Drains what a process says, so that it never blocks on that, and keeps the end of it. */
final class StderrTail implements Runnable {
  private static final int KEPT_CHARS = 4096;

  private final InputStream stderr;
  private final ReentrantLock lock = new ReentrantLock();
  private final StringBuilder tail = new StringBuilder();

  StderrTail(InputStream stderr) {
    this.stderr = stderr;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[1024];
    try (stderr) {
      for (int count = stderr.read(buffer); count >= 0; count = stderr.read(buffer)) {
        append(new String(buffer, 0, count, StandardCharsets.UTF_8));
      }
    } catch (IOException closed) {
      append("\n(the rest could not be read)");
    }
  }

  String text() {
    lock.lock();
    try {
      return tail.toString().strip();
    } finally {
      lock.unlock();
    }
  }

  private void append(String text) {
    lock.lock();
    try {
      tail.append(text);
      if (tail.length() > KEPT_CHARS) {
        tail.delete(0, tail.length() - KEPT_CHARS);
      }
    } finally {
      lock.unlock();
    }
  }
}
