package dev.opskit.verification.benchmarks.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SecretsLedgerTest {
  private static final int MOST_CALLS_WHILE_THROTTLED = 600;

  /** What is promised; what the peer does is printed by the program, and asserted nowhere. */
  @Test
  void eachFaultIsSurvivedAsTheGuideSays() throws Exception {
    List<SecretsLedger.Row> rows = new SecretsLedger(false, 500).run();
    List<String> seen = new ArrayList<>(rows.stream().map(SecretsLedger.Row::opskit).toList());

    var throttled = Pattern.compile("(\\d+) calls in 10 min").matcher(seen.remove(14));
    assertTrue(throttled.matches());
    assertTrue(Integer.parseInt(throttled.group(1)) < MOST_CALLS_WHILE_THROTTLED);
    assertEquals(
        List.of(
            "served for 1440 min, then `Expired`",
            "the old value at once",
            "the old value",
            "the new value",
            "served for 15 min, then `NotFound`",
            "the old value",
            "10 succeed, 1 refused by the database",
            "0 succeed, 1 refused by the database",
            "one pair",
            "the old value",
            "the old value, 0 calls",
            "the old value",
            "the others are told",
            "see `TornVolumeTest`",
            "the old value",
            "no read fails",
            "`Closed`"),
        seen);
  }
}
