package dev.opskit.backup;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Something that is in the way of a backup or a restore. Immutable; never holds a secret.
 *
 * @param what what is wrong, naming the thing
 * @param mend what to do about it
 */
public record BackupProblem(String what, String mend) {

  /** Rejects null. */
  public BackupProblem {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(mend, "mend");
  }

  /** Says all of them at once. */
  static void refuse(List<BackupProblem> problems) {
    if (!problems.isEmpty()) {
      throw new BackupRefusedException(
          problems.stream()
              .map(problem -> problem.what() + ": " + problem.mend())
              .collect(Collectors.joining("; ")));
    }
  }
}
