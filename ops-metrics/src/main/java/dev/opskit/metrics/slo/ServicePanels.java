package dev.opskit.metrics.slo;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** The panels that every service has: HTTP and the JVM. */
final class ServicePanels {
  private static final Metric REQUESTS =
      Metric.named("http_requests_total", "method", "route", "status_code");
  private static final Metric REQUEST_BUCKETS =
      Metric.named("http_request_duration_seconds_bucket", "method", "route", "le");
  private static final Metric ACTIVE = Metric.named("active_connections");
  private static final Metric HEAP = Metric.named("jvm_memory_used_bytes", "area", "id");
  private static final Metric HEAP_MAX = Metric.named("jvm_memory_max_bytes", "area", "id");
  private static final Metric ALLOCATED = Metric.named("jvm_gc_memory_allocated_bytes_total");
  private static final Metric THREADS = Metric.named("jvm_threads_live_threads");
  private static final Metric CPU = Metric.named("process_cpu_usage");
  private static final Metric FILES = Metric.named("process_files_open_files");
  private static final Metric FILES_MAX = Metric.named("process_files_max_files");

  private final Target target;

  ServicePanels(Target target) {
    this.target = target;
  }

  List<Panel> all() {
    return Stream.of(http(), jvm()).flatMap(List::stream).toList();
  }

  /** Per second, over a window that Grafana fits to the time that is shown. */
  static Expr rate(Selector counters, String... by) {
    return Expr.call("rate", counters.over("$__rate_interval")).sum(by);
  }

  static Expr share(Expr part, Expr whole) {
    return part.or(Expr.number(0).op("*", whole)).op("/", whole.op(">", Expr.number(0)));
  }

  static Panel durations(Selector buckets) {
    return Panel.graph(
        "Duration",
        "s",
        Stream.of("0.5", "0.95", "0.99")
            .map(
                part ->
                    new Panel.Query(
                        Expr.call(
                            "histogram_quantile",
                            Expr.number(new BigDecimal(part)),
                            rate(buckets, "le")),
                        "p" + new BigDecimal(part).movePointRight(2).toBigInteger()))
            .toArray(Panel.Query[]::new));
  }

  private List<Panel> http() {
    Selector requests = target.select(REQUESTS);
    Expr failed = rate(requests.matching("status_code", "5.."), "route");
    return List.of(
        Panel.row("HTTP"),
        graph("Requests by status", "reqps", rate(requests, "status_code"), "{{status_code}}"),
        graph(
            "Share of 5xx by route",
            "percentunit",
            share(failed, rate(requests, "route")),
            "{{route}}"),
        durations(target.select(REQUEST_BUCKETS)),
        graph("Requests under way", "short", target.select(ACTIVE).sum(), "active"));
  }

  private List<Panel> jvm() {
    Selector heap = target.select(HEAP).where("area", "heap");
    return List.of(
        Panel.row("JVM"),
        Panel.graph(
            "Heap",
            "bytes",
            new Panel.Query(heap.sum("instance"), "{{instance}}"),
            new Panel.Query(
                target.select(HEAP_MAX).where("area", "heap").sum("instance"),
                "most {{instance}}")),
        graph("Allocation", "Bps", rate(target.select(ALLOCATED), "instance"), "{{instance}}"),
        graph("CPU of the process", "percentunit", target.select(CPU), "{{instance}}"),
        graph("Threads", "short", target.select(THREADS), "{{instance}}"),
        Panel.graph(
            "Open files",
            "short",
            new Panel.Query(target.select(FILES), "{{instance}}"),
            new Panel.Query(target.select(FILES_MAX), "most {{instance}}")));
  }

  private static Panel graph(String title, String unit, Expr expr, String legend) {
    return Panel.graph(title, unit, new Panel.Query(expr, legend));
  }
}
