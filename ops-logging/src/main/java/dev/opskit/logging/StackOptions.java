package dev.opskit.logging;

/** How stack traces are written. */
record StackOptions(
    boolean rootCauseFirst, int maxFrames, int maxThrowables, boolean hash, int foldSeconds) {
  static final StackOptions DEFAULT = new StackOptions(false, 40, 32, false, 0);

  StackOptions {
    maxFrames = Math.max(0, Math.min(maxFrames, 1_000));
    maxThrowables = Math.max(1, Math.min(maxThrowables, 100));
    foldSeconds = Math.max(0, Math.min(foldSeconds, 3_600));
  }

  StackOptions withRootCauseFirst(boolean value) {
    return new StackOptions(value, maxFrames, maxThrowables, hash, foldSeconds);
  }

  StackOptions withMaxFrames(int value) {
    return new StackOptions(rootCauseFirst, value, maxThrowables, hash, foldSeconds);
  }

  StackOptions withMaxThrowables(int value) {
    return new StackOptions(rootCauseFirst, maxFrames, value, hash, foldSeconds);
  }

  StackOptions withHash(boolean value) {
    return new StackOptions(rootCauseFirst, maxFrames, maxThrowables, value, foldSeconds);
  }

  StackOptions withFoldSeconds(int value) {
    return new StackOptions(rootCauseFirst, maxFrames, maxThrowables, hash, value);
  }

  boolean needsHash() {
    return hash || foldSeconds > 0;
  }
}
