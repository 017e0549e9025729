package dev.opskit.verification.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypesTest {
  /** Made to be extended by users. Each has a reason in its Javadoc. */
  private static final Set<String> EXTENSION_POINTS = Set.of();

  private static final ArchRule PUBLIC_CLASSES_ARE_FINAL =
      classes()
          .that()
          .arePublic()
          .and()
          .areNotInterfaces()
          .should(
              Conditions.satisfy(
                  "be final, abstract, sealed or a listed extension point", TypesTest::isClosed));

  private static final ArchRule NAMES_SAY_WHAT_A_TYPE_IS =
      classes()
          .should(
              Conditions.satisfy(
                  "have a name that says what it is",
                  type -> !isPoor(type.getSimpleName(), type.isInterface())));

  private static final ArchRule STATIC_FIELDS_ARE_CONSTANT =
      fields().that().areStatic().should(Conditions.satisfy("be constant", TypesTest::isConstant));

  // Counters, caches, locks and executors that every user of the class would share.
  private static final ArchRule NOTHING_CONCURRENT_IS_MADE_STATICALLY =
      noClasses()
          .should()
          .callCodeUnitWhere(
              describe(
                  "a static initializer makes something of java.util.concurrent",
                  call ->
                      call.getOrigin() instanceof JavaStaticInitializer
                          && call.getTargetOwner()
                              .getPackageName()
                              .startsWith("java.util.concurrent")
                          && !call.getTargetOwner().isEnum()));

  @Test
  void publicClassesAreFinal() {
    House.assertHolds(PUBLIC_CLASSES_ARE_FINAL);
  }

  @Test
  void anOpenPublicClassIsRejected() {
    House.assertRejects(PUBLIC_CLASSES_ARE_FINAL, "open");
  }

  @Test
  void namesSayWhatATypeIs() {
    House.assertHolds(NAMES_SAY_WHAT_A_TYPE_IS);
  }

  @Test
  void poorNamesAreRejected() {
    House.assertRejects(NAMES_SAY_WHAT_A_TYPE_IS, "names");
  }

  @Test
  void staticFieldsAreConstant() {
    House.assertHolds(STATIC_FIELDS_ARE_CONSTANT);
  }

  @Test
  void staticVariablesAreRejected() {
    House.assertRejects(STATIC_FIELDS_ARE_CONSTANT, "statics");
  }

  @Test
  void nothingIsSharedByAllUsersOfAClass() {
    House.assertHolds(NOTHING_CONCURRENT_IS_MADE_STATICALLY);
  }

  @Test
  void staticCachesCountersAndExecutorsAreRejected() {
    House.assertRejects(NOTHING_CONCURRENT_IS_MADE_STATICALLY, "shared");
  }

  private static boolean isClosed(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.FINAL)
        || type.getModifiers().contains(JavaModifier.ABSTRACT)
        || type.isEnum()
        || type.reflect().isSealed()
        || EXTENSION_POINTS.contains(type.getName());
  }

  private static boolean isPoor(String name, boolean isInterface) {
    // Secrets Manager is what AWS calls its service, and what stands for it has no better name.
    return name.matches(".+(Impl|Utils?|Helpers?|(?<!Secrets)Manager)")
        || (isInterface && name.matches("I[A-Z][a-z].*"));
  }

  private static boolean isConstant(JavaField field) {
    JavaClass type = field.getRawType();
    boolean isVisible =
        field.getModifiers().contains(JavaModifier.PUBLIC)
            || field.getModifiers().contains(JavaModifier.PROTECTED);
    boolean isContainer =
        type.isArray() || type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    return field.getModifiers().contains(JavaModifier.FINAL) && !(isVisible && isContainer);
  }
}
