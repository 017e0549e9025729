package dev.opskit.metrics.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void eachValueHasALine() {
    assertEquals(
        """
        {
          "a": [
            1,
            "b"
          ],
          "c": {},
          "d": []
        }
        """,
        Json.write(Tree.map("a", List.of(1, "b"), "c", Tree.map(), "d", List.of())));
  }

  @Test
  void whatStandsInAStringBreaksNoLine() {
    String text = "{\"a\":[1,2]}\\";
    assertEquals(
        "[\n  \"{\\\"a\\\":[1,2]}\\\\\",\n  \"\\\\\\\"{\"\n]\n",
        Json.write(List.of(text, "\\\"{")));
  }
}
