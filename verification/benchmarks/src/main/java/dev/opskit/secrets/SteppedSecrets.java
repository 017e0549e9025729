package dev.opskit.secrets;

/**
 * Secrets without a thread of their own, for a clock that is turned by hand: a day passes in
 * seconds. In this package since nobody but a simulation may do that.
 */
public final class SteppedSecrets {
  private SteppedSecrets() {}

  /**
   * Builds them.
   *
   * @param options with a clock that the caller turns
   * @return does what is due only in {@link #step}
   */
  public static OpsSecrets of(OpsSecretsBuilder options) {
    options.driven = false;
    return options.build();
  }

  /**
   * Does what is due by now.
   *
   * @param secrets of {@link #of}
   */
  public static void step(OpsSecrets secrets) {
    secrets.tick();
  }
}
