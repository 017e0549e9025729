package dev.opskit.logging;

/** Stands in the log for a throwable whose own methods throw. */
final class UnreadableThrowable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;

  private UnreadableThrowable(String type, String message) {
    super(message, null, false, true);
    this.type = type;
  }

  static UnreadableThrowable of(Throwable thrown, Throwable failure) {
    String type = thrown.getClass().getName();
    UnreadableThrowable standIn =
        new UnreadableThrowable(
            type, "the exception could not be read, it threw " + failure.getClass().getName());
    try {
      standIn.setStackTrace(thrown.getStackTrace());
    } catch (Throwable t) {
      // Then the place where it was logged has to do.
    }
    return standIn;
  }

  String type() {
    return type;
  }

  /** Named after what it stands for. */
  @Override
  public String toString() {
    return type + ": " + getMessage();
  }
}
