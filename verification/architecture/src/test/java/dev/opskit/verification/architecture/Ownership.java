package dev.opskit.verification.architecture;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** To whom a package belongs: to the artifact with the longest root that it lies in. */
final class Ownership {
  private Ownership() {}

  /**
   * The packages that are not in the jar of their owner. When there are none, no package can be in
   * two jars either.
   */
  static List<String> strangers(Map<String, List<String>> packagesByRoot) {
    return packagesByRoot.entrySet().stream()
        .flatMap(
            jar ->
                jar.getValue().stream()
                    .filter(name -> !owner(name, packagesByRoot.keySet()).equals(jar.getKey()))
                    .map(name -> name + " is in the jar of " + jar.getKey()))
        .sorted()
        .toList();
  }

  private static String owner(String name, Set<String> roots) {
    Optional<String> longest =
        roots.stream()
            .filter(root -> Room.lies(name, root))
            .max(Comparator.comparingInt(String::length));
    return longest.orElse("nobody");
  }
}
