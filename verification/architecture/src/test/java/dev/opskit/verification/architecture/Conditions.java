package dev.opskit.verification.architecture;

import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/** Conditions that name the culprit as ArchUnit's own do. */
final class Conditions {
  private Conditions() {}

  static <T extends HasName.AndFullName> ArchCondition<T> satisfy(
      String what, Predicate<T> predicate) {
    return new ArchCondition<>(what) {
      @Override
      public void check(T item, ConditionEvents events) {
        if (!predicate.test(item)) {
          String message = "<" + item.getFullName() + "> should " + what;
          events.add(SimpleConditionEvent.violated(item, message));
        }
      }
    };
  }
}
