package dev.opskit.testkit.rules;

import com.tngtech.archunit.core.domain.JavaAccess;
import dev.opskit.testkit.rules.Code.Said;
import java.util.List;
import java.util.Set;

/** What can be seen in the classes of a service. */
final class CodeRules {
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "/bin/sh", "/bin/bash", "cmd", "cmd.exe", "powershell");
  private static final Set<String> SHELL_OPTIONS = Set.of("-c", "-lc", "-ec", "/c", "/C");
  private static final String BACKUP = "dev.opskit.backup.BackupService";
  private static final String RESTORES = "dev.opskit.backup.Restores";
  private static final String SCHEDULE = "dev.opskit.backup.Schedule";
  private static final List<String> FILTERS =
      List.of(
          "dev.opskit.core.http.jdk.JdkRequestFilter",
          "dev.opskit.servlet.OpsFilter",
          "dev.opskit.core.http.RequestObservation");

  private CodeRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must(
            "code.secrets-from-environment",
            "Whatever sees the environment of a process sees the secrets in it: child processes,"
                + " crash reports, everybody who may describe a pod.",
            "Mount the secret as a file and read it with ops-secrets.",
            CodeRules::secretsFromEnvironment),
        Rule.must(
            "code.secret-literals",
            "What is in the code is in every clone, image and backup of it, and cannot be rotated.",
            "Ask a SecretProvider for it, and rotate what has been committed.",
            CodeRules::secretLiterals),
        Rule.must(
            "code.printing",
            "What is printed has no level, no time and no correlation id, and is not masked.",
            "Log it with slf4j. A main method may print.",
            CodeRules::printing),
        Rule.must(
            "code.json-logs",
            "Logs can be searched and joined across services if each line is one object with the"
                + " correlation id.",
            "Include dev/opskit/logging/defaults.xml in logback.xml, or start OpsLogging.",
            (subject, findings) -> LogSetup.look(subject, findings)),
        Rule.must(
            "code.mdc",
            "What is put into the MDC by hand stays on the thread for the next request, and clear()"
                + " takes away the correlation id.",
            "Use addKeyValue for one line, CorrelationContext.with… or MDC.putCloseable for"
                + " several.",
            CodeRules::mdc),
        Rule.must(
            "code.correlation",
            "A request can be followed through logs and services by its correlation id only if"
                + " every handler runs within its scope.",
            "Add JdkRequestFilter to the context's filters, or OpsFilter to the servlet container.",
            CodeRules::correlation),
        Rule.must(
            "code.health-checks",
            "An orchestrator can only replace what says that it is broken.",
            "Register a check for each dependency with Health.builder() and mount"
                + " HealthEndpoints.of(health).",
            CodeRules::healthChecks),
        Rule.must(
            "code.metrics",
            "Without a metric of what the business lives on, an outage is noticed by the"
                + " customers.",
            "Declare the critical operation with OpsMetrics.operation(…) and its objectives.",
            CodeRules::metrics),
        Rule.must(
            "code.shell",
            "A shell takes a name with a space or a quote apart, and runs what an attacker put"
                + " into it.",
            "Hand the words of the command to ProcessBuilder one by one.",
            CodeRules::shell),
        Rule.must(
            "code.backup-drill",
            "A backup that nobody has restored is a hope.",
            "Restore on trial what was backed up: Schedule.drillEvery, or Restores.drill after a"
                + " backup.",
            CodeRules::drill));
  }

  private static void secretsFromEnvironment(Subject subject, Findings findings) {
    for (Said said : subject.code().texts()) {
      String text = said.literal().text();
      String usedBy = said.literal().usedBy();
      if (SecretNames.isVariable(text) && !usedBy.equals(said.literal().member())) {
        findings.add(Code.at(said), "the secret " + text + " is read from the environment");
      } else if (SecretNames.isProperty(text) && usedBy.equals("getProperty")) {
        findings.add(Code.at(said), "the secret " + text + " is read from a system property");
      }
    }
  }

  private static void secretLiterals(Subject subject, Findings findings) {
    for (Said said : subject.code().texts()) {
      String text = said.literal().text();
      if (SecretNames.isValue(text)) {
        findings.add(Code.at(said), "a text looks like a credential");
      } else if (SecretNames.isMember(said.literal().usedBy()) && !text.isBlank()) {
        findings.add(Code.at(said), "a fixed text is passed to '" + said.literal().usedBy() + "'");
      }
    }
  }

  private static void printing(Subject subject, Findings findings) {
    Code code = subject.code();
    code.accesses("java.lang.System", "out|err")
        .filter(access -> !access.getOrigin().getName().equals("main"))
        .forEach(
            access -> findings.add(Code.at(access), "System." + access.getName() + " is used"));
    code.accesses()
        .filter(access -> access.getName().equals("printStackTrace"))
        .forEach(access -> findings.add(Code.at(access), "a stack trace is printed"));
  }

  private static void mdc(Subject subject, Findings findings) {
    subject
        .code()
        .accesses("org.slf4j.MDC", "put|clear|setContextMap|pushByKey|popByKey|remove")
        .forEach(access -> findings.add(Code.at(access), "MDC." + access.getName() + " is called"));
  }

  private static void correlation(Subject subject, Findings findings) {
    Code code = subject.code();
    List<JavaAccess<?>> contexts =
        code.accesses("com.sun.net.httpserver.HttpServer", "createContext").toList();
    for (JavaAccess<?> context : contexts) {
      boolean isFiltered =
          code.accesses(FILTERS.get(0), "of")
              .anyMatch(filter -> filter.getOriginOwner().equals(context.getOriginOwner()));
      if (!isFiltered) {
        findings.add(Code.at(context), "a handler is registered without JdkRequestFilter");
      }
    }
    if (contexts.isEmpty() && !code.knows(FILTERS::contains)) {
      findings.add(code.start(), "no filter opens a correlation scope for requests");
    }
  }

  private static void healthChecks(Subject subject, Findings findings) {
    Code code = subject.code();
    if (!code.uses("dev.opskit.health.Health", "check")) {
      findings.add(code.start(), "no health check is registered");
    }
    if (!code.uses("dev.opskit.health.HealthEndpoints", "of")) {
      findings.add(code.start(), "the probes are not served: HealthEndpoints is not used");
    }
  }

  private static void metrics(Subject subject, Findings findings) {
    Code code = subject.code();
    if (!code.uses("dev.opskit.metrics.OpsMetrics", "operation")) {
      findings.add(code.start(), "no business operation is declared");
    } else if (!code.knows("dev.opskit.metrics.Slo"::equals)) {
      findings.add(
          code.accesses("dev.opskit.metrics.OpsMetrics", "operation")
              .map(Code::at)
              .findFirst()
              .orElseThrow(),
          "no operation states an objective, so that no alert follows from it");
    }
    if (!code.uses("dev.opskit.metrics.OpsMetrics", "endpoints")) {
      findings.add(code.start(), "the metrics are not served: OpsMetrics.endpoints is not used");
    }
  }

  private static void shell(Subject subject, Findings findings) {
    Code code = subject.code();
    code.accesses("java.lang.Runtime", "exec")
        .forEach(access -> findings.add(Code.at(access), "Runtime.exec is called"));
    List<Said> texts = code.texts();
    for (Said said : texts) {
      boolean hasOption =
          texts.stream()
              .filter(other -> other.by().equals(said.by()))
              .filter(other -> other.literal().member().equals(said.literal().member()))
              .anyMatch(other -> SHELL_OPTIONS.contains(other.literal().text()));
      if (SHELLS.contains(said.literal().text()) && hasOption) {
        findings.add(Code.at(said), "a command goes through a shell");
      }
    }
  }

  private static void drill(Subject subject, Findings findings) {
    Code code = subject.code();
    List<JavaAccess<?>> backups = code.accesses(BACKUP, "backupNow|backupIfDue|schedule").toList();
    if (backups.isEmpty()) {
      throw new NotLookedAtException("the classes take no backup with ops-backup");
    }
    boolean isDrilled =
        code.uses(BACKUP, "restoreInto")
            || code.uses(RESTORES, "drill")
            || code.uses(SCHEDULE, "drillEvery");
    if (!isDrilled) {
      findings.add(Code.at(backups.get(0)), "backups are taken and none is ever restored");
    }
  }
}
