package dev.opskit.verification.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LoggingTest {
  private static final ArchRule NOTHING_IS_PRINTED = noClasses().should(ACCESS_STANDARD_STREAMS);

  // Accesses, not dependencies: a DataSource has to name the type in getParentLogger.
  private static final ArchRule NOTHING_LOGS_TO_JAVA_UTIL_LOGGING =
      noClasses().should().accessClassesThat().resideInAPackage("java.util.logging..");

  private static final ArchRule LOGGERS_ARE_CONSTANTS_NAMED_LOGGER =
      fields()
          .that()
          .haveRawType(Logger.class)
          .should()
          .bePrivate()
          .andShould()
          .beStatic()
          .andShould()
          .beFinal()
          .andShould()
          .haveName("logger");

  @Test
  void nothingIsPrinted() {
    House.assertHolds(NOTHING_IS_PRINTED);
  }

  @Test
  void printingIsRejected() {
    House.assertRejects(NOTHING_IS_PRINTED, "printing");
  }

  @Test
  void nothingLogsToJavaUtilLogging() {
    House.assertHolds(NOTHING_LOGS_TO_JAVA_UTIL_LOGGING);
  }

  @Test
  void javaUtilLoggingIsRejected() {
    House.assertRejects(NOTHING_LOGS_TO_JAVA_UTIL_LOGGING, "jul");
  }

  @Test
  void loggersArePrivateConstantsNamedLogger() {
    House.assertHolds(LOGGERS_ARE_CONSTANTS_NAMED_LOGGER);
  }

  @Test
  void anyOtherLoggerIsRejected() {
    House.assertRejects(LOGGERS_ARE_CONSTANTS_NAMED_LOGGER, "loggers");
  }
}
