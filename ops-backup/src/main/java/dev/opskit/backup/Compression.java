package dev.opskit.backup;

/**
 * What makes the chunks of new backups smaller. Each backup says how it was made, so changing this
 * concerns no older one.
 *
 * @param method how
 * @param level for zstd 1 (fast) to 19 (small and slow); 0 otherwise
 */
public record Compression(Method method, int level) {
  private static final int MAX_LEVEL = 19;

  /** Stores what the strategy dumped as it is, for data that its tool has compressed already. */
  public static final Compression NONE = new Compression(Method.NONE, 0);

  /** How it is done. */
  public enum Method {
    /** Not at all. */
    NONE,
    /** Each chunk is one frame of Zstandard. */
    ZSTD
  }

  /** Validates the level. */
  public Compression {
    boolean fits = method == Method.ZSTD ? level >= 1 && level <= MAX_LEVEL : level == 0;
    if (!fits) {
      throw new IllegalArgumentException(
          "compression: level of %s is %d, must be %s"
              .formatted(method, level, method == Method.ZSTD ? "1 to " + MAX_LEVEL : "0"));
    }
  }

  /**
   * By Zstandard.
   *
   * @param level 1 to 19; on rows of tables more than 2 costs much and gains nothing. Before Java
   *     22 a garbage collection may have to wait until the chunk of a worker is compressed: some 30
   *     ms at level 1, more than a second from level 9 on
   * @return the compression
   * @throws IllegalArgumentException if the level is another
   */
  public static Compression zstd(int level) {
    return new Compression(Method.ZSTD, level);
  }
}
