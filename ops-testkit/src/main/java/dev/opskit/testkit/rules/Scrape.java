package dev.opskit.testkit.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where Prometheus is told to ask.
 *
 * @param place what tells it
 * @param port the port of the deployment
 * @param path the path
 */
record Scrape(Place place, int port, String path) {
  private static final String DEFAULT_PATH = "/metrics";

  static List<Scrape> of(Subject subject) {
    List<Scrape> scrapes = new ArrayList<>();
    for (Workload workload : subject.servers()) {
      YamlNode annotations = workload.template().get("metadata", "annotations");
      if (annotations.get("prometheus.io/scrape").is("true")) {
        YamlNode port = annotations.get("prometheus.io/port");
        YamlNode path = annotations.get("prometheus.io/path");
        Place place = path.exists() ? path.place() : port.place();
        add(scrapes, workload, place, port, path);
      }
      subject.manifests().objects().stream()
          .filter(one -> one.isKind("PodMonitor") || one.isKind("ServiceMonitor"))
          .flatMap(
              one ->
                  one
                      .get("spec", one.isKind("PodMonitor") ? "podMetricsEndpoints" : "endpoints")
                      .list()
                      .stream())
          .forEach(
              endpoint ->
                  add(
                      scrapes,
                      workload,
                      endpoint.place(),
                      endpoint.get("port"),
                      endpoint.get("path")));
    }
    return scrapes;
  }

  private static void add(
      List<Scrape> scrapes, Workload workload, Place place, YamlNode port, YamlNode path) {
    OptionalInt number = workload.port(port);
    scrapes.add(new Scrape(place, number.orElse(0), path.exists() ? path.text() : DEFAULT_PATH));
  }
}
