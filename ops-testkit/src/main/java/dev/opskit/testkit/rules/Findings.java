package dev.opskit.testkit.rules;

import java.util.ArrayList;
import java.util.List;

/** What one rule has found so far. Confined to one thread. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void add(Place place, String what) {
    add(new Finding(place.toString(), what));
  }

  void add(Finding finding) {
    if (!all.contains(finding)) {
      all.add(finding);
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<Finding> all() {
    return all;
  }
}
