package dev.opskit.verification.benchmarks.secrets;

import java.util.concurrent.atomic.AtomicInteger;

/** A system that knows one password and counts how often it refuses another one. */
final class LoginCounter {
  final AtomicInteger refused = new AtomicInteger();
  private final String right;

  /** As a database says that a password is wrong. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
  }

  LoginCounter(String right) {
    this.right = right;
  }

  void open(String password) throws Refused {
    if (!right.equals(password)) {
      refused.incrementAndGet();
      throw new Refused();
    }
  }
}
