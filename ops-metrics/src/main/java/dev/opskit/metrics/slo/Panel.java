package dev.opskit.metrics.slo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A panel of the dashboard: a graph, or a row's title if it has no query.
 *
 * @param title above it
 * @param unit Grafana's name of it
 * @param queries one line or more each
 */
record Panel(String title, String unit, List<Query> queries) {
  private static final int WIDTH = 8;
  private static final int HEIGHT = 8;
  private static final int PER_LINE = 24 / WIDTH;

  /**
   * What a panel shows.
   *
   * @param expr where it comes from
   * @param legend may name labels
   */
  record Query(Expr expr, String legend) {}

  static Panel row(String title) {
    return new Panel(title, "", List.of());
  }

  static Panel graph(String title, String unit, Query... queries) {
    return new Panel(title, unit, List.of(queries));
  }

  private boolean isRow() {
    return queries.isEmpty();
  }

  /** Side by side below the title of their row. */
  static List<Object> laidOut(List<Panel> panels) {
    List<Object> out = new ArrayList<>();
    int y = 0;
    int inLine = 0;
    for (Panel panel : panels) {
      if (panel.isRow() || inLine == PER_LINE) {
        y += inLine > 0 ? HEIGHT : 0;
        inLine = 0;
      }
      out.add(panel.at(out.size() + 1, inLine * WIDTH, y));
      if (panel.isRow()) {
        y++;
      } else {
        inLine++;
      }
    }
    return out;
  }

  private Map<String, Object> at(int id, int x, int y) {
    if (isRow()) {
      Map<String, Object> row = Tree.map("id", id, "type", "row", "title", title);
      row.putAll(Tree.map("collapsed", false, "panels", List.of(), "gridPos", place(x, y, 24, 1)));
      return row;
    }
    return Tree.map(
        "id",
        id,
        "type",
        "timeseries",
        "title",
        title,
        "datasource",
        Dashboard.datasource(),
        "gridPos",
        place(x, y, WIDTH, HEIGHT),
        "fieldConfig",
        Tree.map("defaults", Tree.map("unit", unit), "overrides", List.of()),
        "targets",
        targets());
  }

  private List<Object> targets() {
    List<Object> targets = new ArrayList<>();
    for (Query query : queries) {
      targets.add(
          Tree.map(
              "refId",
              Character.toString('A' + targets.size()),
              "datasource",
              Dashboard.datasource(),
              "expr",
              query.expr().text(),
              "legendFormat",
              query.legend()));
    }
    return targets;
  }

  private static Map<String, Object> place(int x, int y, int width, int height) {
    return Tree.map("x", x, "y", y, "w", width, "h", height);
  }
}
