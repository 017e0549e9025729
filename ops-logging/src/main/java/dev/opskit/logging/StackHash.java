package dev.opskit.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * A number for where an exception came from: types and frames of it and its causes, by class and
 * method. Messages and line numbers do not count, nor what is generated anew in each process
 * (lambdas, proxies, reflective accessors), so that it is the same after a restart and on another
 * machine.
 */
final class StackHash {
  private static final int MAX_THROWABLES = 32;
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private final StackFrames frames;
  private int left;

  StackHash(StackFrames frames) {
    this.frames = frames;
  }

  /** The hash of a throwable that logback has read. */
  long of(IThrowableProxy thrown) {
    left = MAX_THROWABLES;
    return add(OFFSET, thrown);
  }

  static long of(StackTraceElement element) {
    return add(add(OFFSET, element.getClassName()), element.getMethodName());
  }

  private long add(long hash, IThrowableProxy thrown) {
    if (left-- == 0) {
      return hash;
    }
    long sum = add(hash, String.valueOf(thrown.getClassName()));
    StackTraceElementProxy[] elements = thrown.getStackTraceElementProxyArray();
    int own = elements == null ? 0 : Math.max(0, elements.length - thrown.getCommonFrames());
    for (int i = 0; i < own; i++) {
      sum = (sum ^ frames.of(elements[i].getStackTraceElement()).hash) * PRIME;
    }
    IThrowableProxy[] suppressed = thrown.getSuppressed();
    for (int i = 0; suppressed != null && i < suppressed.length; i++) {
      sum = add(sum + 1, suppressed[i]);
    }
    return thrown.getCause() == null ? sum : add(sum + 2, thrown.getCause());
  }

  /** Digits are left out of generated names: {@code $Proxy12}, {@code lambda$run$3}. */
  private static long add(long hash, String name) {
    int generated = name.indexOf("$$");
    int end = generated < 0 ? name.length() : generated;
    boolean skipsDigits =
        name.contains("$Proxy") || name.startsWith("lambda$") || name.contains("Accessor");
    long sum = hash;
    for (int i = 0; i < end; i++) {
      char c = name.charAt(i);
      if (!skipsDigits || c < '0' || c > '9') {
        sum = (sum ^ c) * PRIME;
      }
    }
    return (sum ^ '\n') * PRIME;
  }
}
