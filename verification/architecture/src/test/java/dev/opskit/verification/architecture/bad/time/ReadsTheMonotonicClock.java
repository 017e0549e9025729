package dev.opskit.verification.architecture.bad.time;

final class ReadsTheMonotonicClock {
  long nanos = System.nanoTime();
}
