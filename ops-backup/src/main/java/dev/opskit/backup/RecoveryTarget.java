package dev.opskit.backup;

/**
 * Makes the place ready into which a service is recovered after everything was lost, and lets the
 * service use it. Called by {@link RecoveryService} for {@link RecoveryPlan#completeOutage(String,
 * RecoveryTarget)}, on the thread of its caller, one call at a time. Both methods may block for as
 * long as a server takes to come up, and both are called again by a runner that goes on where
 * another one died. {@code RecoveryTargetContract} in ops-testkit checks an implementation.
 */
@FunctionalInterface
public interface RecoveryTarget {

  /**
   * Makes the place ready, for example starts a database server, and says how to restore there.
   * What it found ready is the same place as before, with all that was restored into it meanwhile.
   *
   * @return reads the format of the backups and can swap what it has restored in ({@link
   *     SwappingStrategy})
   * @throws Exception if it could not be made ready, which stops the recovery before anything is
   *     restored
   */
  BackupStrategy provide() throws Exception;

  /**
   * Lets the service use the place, for example by a DNS record or a secret. The restored data is
   * there and was compared and probed; maintenance is still on. Does nothing by default, for a
   * place that has the address of the lost one.
   *
   * @throws Exception if it could not be done, which stops the recovery; maintenance stays on
   */
  default void handOver() throws Exception {}
}
