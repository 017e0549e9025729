package dev.opskit.secrets;

import dev.opskit.core.event.Listeners;
import java.lang.StackWalker.StackFrame;

/** Says which class has made a String of a secret. */
final class RevealEvents implements RevealWatch {
  private static final String OWN = SecretValue.class.getPackageName() + ".";

  private final Listeners<SecretEvent> events;

  RevealEvents(Listeners<SecretEvent> events) {
    this.events = events;
  }

  @Override
  public void revealed(SecretRef ref, String version, String reason) {
    String caller =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .map(StackFrame::getClassName)
                        .filter(name -> !name.equals(RevealEvents.class.getName()))
                        .filter(name -> !name.equals(OWN + "SecretValue"))
                        .findFirst())
            .orElse("unknown");
    events.publish(new SecretEvent.Revealed(ref, version, reason, caller));
  }
}
