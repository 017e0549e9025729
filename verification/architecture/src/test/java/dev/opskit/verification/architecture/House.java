package dev.opskit.verification.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds a rule against the published classes and against the seeded violations. */
final class House {
  private static final JavaClasses PUBLISHED =
      new ClassFileImporter()
          .importPaths(PublishedModule.all().stream().map(PublishedModule::classes).toList());

  private House() {}

  static JavaClasses published() {
    return PUBLISHED;
  }

  /** The seeded classes below {@code bad}. */
  static JavaClasses seeded(String badPackage) {
    return new ClassFileImporter().importPackages(seededName(badPackage));
  }

  static String seededName(String badPackage) {
    return House.class.getPackageName() + ".bad." + badPackage;
  }

  static void assertHolds(ArchRule rule) {
    rule.check(PUBLISHED);
  }

  /**
   * The rule names every class of the package as a culprit, except those whose names begin with
   * {@code Allowed}: they are as close to the rule as is right, and it must spare them.
   */
  static void assertRejects(ArchRule rule, String badPackage) {
    JavaClasses seeded = seeded(badPackage);
    List<String> report = rule.evaluate(seeded).getFailureReport().getDetails();
    Pattern seededName = Pattern.compile("<(" + Pattern.quote(seededName(badPackage)) + "[.\\w]+)");
    Set<String> culprits =
        report.stream()
            .map(seededName::matcher)
            .filter(Matcher::find)
            .map(first -> first.group(1))
            .collect(Collectors.toSet());
    assertFalse(culprits.isEmpty(), () -> "nothing in " + badPackage + " was rejected");
    for (JavaClass type : seeded) {
      if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
        boolean isNamed = culprits.stream().anyMatch(name -> Room.lies(name, type.getName()));
        boolean isCulprit = !type.getSimpleName().startsWith("Allowed");
        assertEquals(
            isCulprit, isNamed, () -> "is " + type.getName() + " rejected by " + report + "?");
      }
    }
  }
}
