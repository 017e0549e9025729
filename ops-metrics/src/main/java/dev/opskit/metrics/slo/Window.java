package dev.opskit.metrics.slo;

/** The windows that events are counted over, by the name that Prometheus gives them. */
enum Window {
  M5("5m", 300),
  M30("30m", 1_800),
  H1("1h", 3_600),
  H2("2h", 7_200),
  H6("6h", 21_600),
  D1("1d", 86_400),
  D3("3d", 259_200);

  private final String text;
  private final int seconds;

  Window(String text, int seconds) {
    this.text = text;
    this.seconds = seconds;
  }

  int seconds() {
    return seconds;
  }

  @Override
  public String toString() {
    return text;
  }
}
