package dev.opskit.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The outcomes of an operation by index, and which of them a failure counts as. Immutable. */
final class Outcomes {
  static final int UNKNOWN = -1;

  private final List<String> names;
  private final String[] byIndex;
  private final int bad;
  private final Class<?>[] types;
  private final int[] outcomeOfType;

  Outcomes(OperationSpec spec, Map<Class<? extends Throwable>, String> failures) {
    this.names = spec.outcomes();
    this.byIndex = names.toArray(String[]::new);
    this.bad = names.indexOf(spec.bad().get(0));
    this.types = failures.keySet().toArray(Class<?>[]::new);
    List<String> outcomes = new ArrayList<>(failures.values());
    this.outcomeOfType = outcomes.stream().mapToInt(names::indexOf).toArray();
  }

  List<String> names() {
    return names;
  }

  /** What a normal return counts as. */
  int normal() {
    return 0;
  }

  /** What everything counts as that nobody foresaw. */
  int bad() {
    return bad;
  }

  int indexOf(String outcome) {
    for (int i = 0; i < byIndex.length; i++) {
      if (byIndex[i].equals(outcome)) {
        return i;
      }
    }
    return UNKNOWN;
  }

  int of(Throwable failure) {
    for (int i = 0; i < types.length; i++) {
      if (types[i].isInstance(failure)) {
        return outcomeOfType[i];
      }
    }
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? of(cause) : bad;
  }
}
