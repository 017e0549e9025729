package dev.opskit.core.health;

/**
 * Answers whether one thing works. The SPI that every feature and every user implements.
 *
 * <p>The health engine calls {@link #check} on one of its own threads, by default every ten
 * seconds, whether or not anybody probes. A run that takes longer than its timeout is reported as
 * {@link HealthCause#TIMEOUT} and left behind, and up to two others are started in its place. Only
 * beside such a run is a check ever called a second time, so it shares nothing between runs that a
 * hung one could hold.
 */
@FunctionalInterface
public interface HealthCheck {

  /**
   * Looks at the thing once. May block up to {@link CheckContext#remaining()}.
   *
   * @param context the limits of this run
   * @return the result; null counts as {@link HealthStatus#DOWN}
   * @throws Exception any exception means {@link HealthStatus#DOWN} with cause {@link
   *     HealthCause#FAILED}; its message is shown to callers whom the host authorises, with known
   *     secrets masked
   */
  HealthResult check(CheckContext context) throws Exception;

  /**
   * Whom a failure affects. Asked once, at registration; the host may override it there.
   *
   * @return {@link DependencyScope#PRIVATE} unless the check says otherwise
   */
  default DependencyScope scope() {
    return DependencyScope.PRIVATE;
  }

  /**
   * Whether the engine may interrupt the thread of a run that has timed out, once. Asked once, at
   * registration. Leave it off unless everything below {@link #check} survives an interrupt.
   *
   * @return false unless the check says otherwise
   */
  default boolean interruptible() {
    return false;
  }
}
