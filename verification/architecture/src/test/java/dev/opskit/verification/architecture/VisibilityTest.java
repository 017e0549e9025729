package dev.opskit.verification.architecture;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisibilityTest {
  @Test
  void atLeastHalfOfTheTypesAreNotPublic() {
    assertAtLeastHalfAreHidden(House.published());
  }

  @Test
  void apiForItsOwnSakeIsRejected() {
    AssertionError error =
        assertThrows(
            AssertionError.class, () -> assertAtLeastHalfAreHidden(House.seeded("exposed")));
    assertTrue(error.getMessage().contains("2 of 3 types are public"), error.getMessage());
    assertTrue(error.getMessage().contains("exposed.ShownToAll"), error.getMessage());
  }

  private static void assertAtLeastHalfAreHidden(JavaClasses classes) {
    List<JavaClass> types =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .toList();
    List<String> open =
        types.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getName)
            .toList();
    assertTrue(
        2 * open.size() <= types.size(),
        () -> open.size() + " of " + types.size() + " types are public: " + open);
  }
}
