package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.RouteTemplates;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's table of meters is the page, and the page is the table. */
class MeterTableTest {
  private static final Path GUIDE = Path.of("../docs/metrics.md");
  private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

  /** A row of the table. */
  private record Row(String metric, String type, Set<String> labels) {
    boolean describes(String family) {
      return metric.endsWith("*")
          ? family.startsWith(metric.substring(0, metric.length() - 1))
          : family.equals(metric);
    }

    boolean fits(String otherType, Set<String> otherLabels) {
      return type.equals("any") || type.equals(otherType) && labels.equals(otherLabels);
    }
  }

  @Test
  void theGuideListsWhatAPageShows() throws IOException {
    List<Row> rows = rows();
    try (OpsMetrics metrics = OpsMetrics.builder().build()) {
      Map<String, String> types = new TreeMap<>();
      Map<String, Set<String>> labels = new TreeMap<>();
      record(metrics);
      read(new Page(metrics).text(), types, labels);
      List<String> wrong = new ArrayList<>();
      Set<Row> unused = new HashSet<>(rows);
      types.forEach(
          (family, type) -> {
            // An exact row comes before the pattern that it is an exception from.
            Row row = rows.stream().filter(r -> r.describes(family)).findFirst().orElse(null);
            unused.remove(row);
            Set<String> found = labels.getOrDefault(family, Set.of());
            if (row == null || !row.fits(type, found)) {
              wrong.add(family + " is a " + type + " with " + found + ", the guide says " + row);
            }
          });
      assertEquals(List.of(), wrong);
      assertEquals(Set.of(), unused);
    }
  }

  private static void record(OpsMetrics metrics) {
    RequestObserver http = metrics.http(RouteTemplates.of("/orders"));
    RequestInfo request = new RequestInfo("GET", "/orders", null, CorrelationContext.create());
    http.started(request);
    http.finished(request, new RequestOutcome("/orders", 200, Duration.ofMillis(5), -1, null));
    metrics.operation("operation", "An operation.").register().start().stop("ok");
    metrics.amount("amount", "An amount.").register().record(BigDecimal.ONE);
  }

  private static void read(
      String page, Map<String, String> types, Map<String, Set<String>> labels) {
    String family = "";
    for (String line : page.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        family = line.split(" ")[2];
        types.put(family, line.split(" ")[3]);
      } else if (!line.startsWith("#")) {
        Set<String> found = labels.computeIfAbsent(family, f -> new TreeSet<>());
        Matcher label = LABEL.matcher(line);
        while (label.find()) {
          found.add(label.group(1));
        }
        found.remove("le");
      }
    }
  }

  private static List<Row> rows() throws IOException {
    String guide = Files.readString(GUIDE);
    String table = guide.substring(guide.indexOf("## What is exported"));
    List<Row> rows = new ArrayList<>();
    for (String line : table.substring(0, table.indexOf("\n## ", 1)).lines().toList()) {
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|");
        String metric = cells[1].strip().replaceAll("[`<>]", "");
        Set<String> labels = new TreeSet<>();
        for (String label : cells[4].split(",")) {
          labels.add(label.strip().replace("`", ""));
        }
        labels.remove("");
        rows.add(new Row(metric, cells[2].strip(), labels));
      }
    }
    assertTrue(rows.size() > 10, rows.toString());
    return rows;
  }
}
