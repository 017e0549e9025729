package dev.opskit.verification.architecture;

import java.util.List;

/**
 * A package with all below it that is no room of its own.
 *
 * @param name the package, without the root
 * @param knows the other rooms that it may know
 * @param uses the packages of foreign technologies that belong to it
 */
record Room(String name, List<String> knows, List<String> uses) {
  Room(String name) {
    this(name, List.of(), List.of());
  }

  Room knowing(String... rooms) {
    return new Room(name, List.of(rooms), uses);
  }

  Room using(String... technologies) {
    return new Room(name, knows, List.of(technologies));
  }

  boolean holds(String packageWithoutRoot) {
    return lies(packageWithoutRoot, name);
  }

  boolean mayKnow(Room other) {
    return other.equals(this) || knows.contains(other.name);
  }

  boolean mayUse(String foreignPackage) {
    return uses.stream().anyMatch(technology -> lies(foreignPackage, technology));
  }

  static boolean lies(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer + ".");
  }
}
