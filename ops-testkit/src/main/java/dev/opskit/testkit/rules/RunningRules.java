package dev.opskit.testkit.rules;

import dev.opskit.testkit.rules.Dockerfile.Instruction;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Whether the files ask for what the running service answers. */
final class RunningRules {
  private static final Pattern ADDRESS =
      Pattern.compile("https?://(?:localhost|127\\.0\\.0\\.1)(?::(\\d+))?(/[^\\s\"']*)?");
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");

  private RunningRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must(
            "running.starts",
            "What does not start in a test does not start in a cluster.",
            "See why it did not start.",
            RunningRules::starts),
        Rule.must(
            "running.probes",
            "A probe of a path that is not there restarts every pod for ever, or keeps it out of"
                + " traffic.",
            "Probe a path and a port that the service answers.",
            RunningRules::probes),
        Rule.must(
            "running.probe-numbers",
            "A kill before the drain has ended, or a probe that waits less than its check, loses"
                + " requests.",
            "Change the number in the manifest or in the service, whichever is wrong.",
            ProbeNumbers::look),
        Rule.must(
            "running.dockerfile",
            "A HEALTHCHECK or a port that the service does not answer says something wrong to"
                + " whoever relies on it.",
            "Use a path and the ports that the service answers.",
            RunningRules::dockerfile),
        Rule.must(
            "running.ports",
            "A containerPort that nobody listens on leads Services and policies into the void.",
            "Use the ports that the service answers.",
            RunningRules::ports),
        Rule.must(
            "running.scrape",
            "Without a scrape there is no metric, and no alert.",
            "Set prometheus.io/scrape, port and path on the pods, or add a PodMonitor.",
            RunningRules::scrape),
        Rule.must(
            "running.alert-queries",
            "An alert on a metric or a label that nobody exports never fires.",
            "Generate the PrometheusRule anew, or name what the service exports.",
            (subject, findings) -> ExportedQueries.look(subject, "PrometheusRule", findings)),
        Rule.may(
            "running.analysis-queries",
            "An analysis of a metric or a label that nobody exports decides about nothing.",
            "Generate the AnalysisTemplate anew, or name what the service exports.",
            (subject, findings) -> ExportedQueries.look(subject, "AnalysisTemplate", findings)));
  }

  private static void starts(Subject subject, Findings findings) {
    subject.whyNotStarted().ifPresent(why -> findings.add(new Place("the service", 0), why));
    subject.running();
  }

  private static void probes(Subject subject, Findings findings) {
    Running running = subject.running();
    for (Workload workload : subject.servers()) {
      for (YamlNode container : workload.containers()) {
        for (String name : PROBES) {
          YamlNode probe = container.get(name);
          if (probe.get("tcpSocket").exists()) {
            YamlNode port = probe.get("tcpSocket", "port");
            if (!running.listens(workload.port(port).orElse(0))) {
              findings.add(port.place(), name + ": nobody listens on " + port.text());
            }
          } else if (probe.get("httpGet").exists()) {
            http(running, workload, name, probe.get("httpGet"), findings);
          } else if (probe.exists()) {
            findings.add(
                probe.place(), name + " is neither httpGet nor tcpSocket: cannot be tried");
          }
        }
      }
    }
  }

  private static void http(
      Running running, Workload workload, String name, YamlNode get, Findings findings) {
    OptionalInt port = workload.port(get.get("port"));
    if (port.isEmpty() || running.now(port.getAsInt()).isEmpty()) {
      findings.add(
          get.get("port").place(),
          "%s asks the port %s, which the service does not serve"
              .formatted(name, get.get("port").text()));
      return;
    }
    String path = get.get("path").exists() ? get.get("path").text() : "/";
    int status = running.get(port.getAsInt(), path).status();
    // A service without its dependencies is alive and not ready.
    boolean isAnswered =
        (status >= 200 && status < 400) || (status == 503 && !name.equals("livenessProbe"));
    if (!isAnswered) {
      findings.add(
          get.get("path").place(),
          "%s asks %s on port %d and gets %s"
              .formatted(name, path, port.getAsInt(), status == 0 ? "no answer" : status));
    }
  }

  private static void dockerfile(Subject subject, Findings findings) {
    Dockerfile dockerfile = subject.dockerfile();
    Running running = subject.running();
    for (Instruction expose : dockerfile.product().all("EXPOSE")) {
      Arrays.stream(expose.text().split("\\s+"))
          .map(port -> port.replaceAll("/tcp$", ""))
          .filter(port -> port.matches("\\d{1,5}"))
          .filter(port -> !running.listens(Integer.parseInt(port)))
          .forEach(
              port ->
                  findings.add(
                      dockerfile.at(expose),
                      "EXPOSE " + port + ": the service does not listen there"));
    }
    dockerfile
        .inherited("HEALTHCHECK")
        .ifPresent(
            check ->
                ADDRESS
                    .matcher(check.text())
                    .results()
                    .forEach(address -> ask(running, dockerfile.at(check), address, findings)));
  }

  private static void ask(Running running, Place place, MatchResult address, Findings findings) {
    int port = address.group(1) == null ? 80 : Integer.parseInt(address.group(1));
    String path = address.group(2) == null ? "/" : address.group(2);
    int status = running.get(port, path).status();
    if (status != 200) {
      findings.add(
          place,
          "HEALTHCHECK asks %s on port %d and gets %s"
              .formatted(path, port, status == 0 ? "no answer" : status));
    }
  }

  private static void ports(Subject subject, Findings findings) {
    Running running = subject.running();
    for (Workload workload : subject.servers()) {
      for (YamlNode container : workload.containers()) {
        for (YamlNode port : container.get("ports").list()) {
          YamlNode number = port.get("containerPort");
          boolean isTcp = !port.get("protocol").exists() || port.get("protocol").is("TCP");
          if (isTcp && !running.listens((int) number.number().orElse(0))) {
            findings.add(
                number.place(), "containerPort " + number.text() + ": the service does not listen");
          }
        }
      }
    }
  }

  private static void scrape(Subject subject, Findings findings) {
    Running running = subject.running();
    List<Scrape> scrapes = Scrape.of(subject);
    for (Workload workload : subject.servers()) {
      if (scrapes.isEmpty()) {
        findings.add(
            workload.object().place(), "nothing says where to scrape " + workload.object());
      }
    }
    for (Scrape scrape : scrapes) {
      Running.Answer answer = running.get(scrape.port(), scrape.path());
      if (answer.status() != 200 || MetricsPage.of(answer.body()).labels().isEmpty()) {
        findings.add(
            scrape.place(),
            "no metrics are served at " + scrape.path() + " on port " + scrape.port());
      }
    }
  }
}
