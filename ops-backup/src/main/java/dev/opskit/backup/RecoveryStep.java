package dev.opskit.backup;

/**
 * A step of a {@link RecoveryPlan} that is the user's own. Called by {@link RecoveryService} on the
 * thread of its caller, one step at a time. A runner may die at any moment, and the next one cannot
 * know how far it came: so {@link #apply} may be called again after it has worked, and has to be
 * harmless then. {@code RecoveryStepContract} in ops-testkit checks an implementation.
 */
public interface RecoveryStep {

  /**
   * What it is called in the journal and in reports.
   *
   * @return {@code [a-z0-9-]{1,64}}, unique in its plan and the same after an update of the service
   */
  String name();

  /**
   * Whether there is nothing to do, because it was done before. Asked before {@link #apply}, also
   * when a recovery goes on that has come past this step.
   *
   * @return false by default: it is done, or done again
   * @throws Exception if it cannot be found out, which stops the recovery
   */
  default boolean isDone() throws Exception {
    return false;
  }

  /**
   * Does it.
   *
   * @throws Exception if it could not be done, which stops the recovery where it is safe
   */
  void apply() throws Exception;

  /**
   * Takes it back when a recovery is given up. Also called if it was applied in part or not at all.
   * Does nothing by default.
   *
   * @throws Exception if it could not be taken back; the others are taken back all the same
   */
  default void undo() throws Exception {}
}
