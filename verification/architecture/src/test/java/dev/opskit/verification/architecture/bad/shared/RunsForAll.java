package dev.opskit.verification.architecture.bad.shared;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class RunsForAll {
  static final ExecutorService THREADS = Executors.newCachedThreadPool();
}
