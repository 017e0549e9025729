package dev.opskit.examples.orders.story;

import java.util.List;

/** What the log says of one request, from its correlation id alone. */
final class LogChapter {
  private final Sandbox sandbox;

  LogChapter(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  void tell(Narrator narrator) {
    narrator.chapter("The log of one request");
    LogFile combined = sandbox.log("combined.log");
    List<String> traced = combined.of(OrdersChapter.TRACED_ID);
    narrator.say(
        "The lines with the correlation id %s that the customer sent:", OrdersChapter.TRACED_ID);
    traced.forEach(narrator::quote);
    narrator.expect(
        traced.size() == 2
            && LogFile.field(traced.get(0), "message").equals("order placed")
            && LogFile.field(traced.get(1), "status").equals("201"),
        "%d lines, one from checkout and one from the access log",
        traced.size());

    List<String> failed = sandbox.log("error.log").of(OrdersChapter.FAILED_ID);
    narrator.expect(
        failed.size() == 1 && failed.get(0).contains("PaymentFailedException"),
        "error.log has the failed payment with its stack, under the id %s",
        OrdersChapter.FAILED_ID);
    narrator.expect(
        combined.lines().stream().noneMatch(line -> LogFile.field(line, "timestamp").isEmpty()),
        "all %d lines of combined.log are JSON",
        combined.lines().size());
  }
}
