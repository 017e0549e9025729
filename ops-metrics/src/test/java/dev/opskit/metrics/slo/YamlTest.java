package dev.opskit.metrics.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class YamlTest {
  private static final List<String> AWKWARD =
      List.of(
          "",
          " ",
          "~",
          "null",
          "No",
          "on",
          "y",
          "1",
          "1e3",
          "0x1F",
          "12:30",
          "5m",
          "-",
          "- a",
          "a: b",
          "a #b",
          "#",
          "'",
          "''",
          "\"",
          "\\",
          "{}",
          "[",
          "*a",
          "&a",
          "!x",
          "%",
          "@",
          "`",
          "|",
          ">",
          "a\nb",
          "a\nb\n",
          "\na",
          " a\nb",
          "a\n\nb",
          "a\n b",
          "a\tb",
          "a\r\nb",
          "ü",
          "\u2028",
          "\uFEFF",
          "{{ $value }}",
          "sum(x{a=\"b\"}) > 1\nand y",
          "it's\nfine",
          "---",
          "...",
          "=",
          "<<");

  @Test
  void everyTextIsReadAsItWasWritten() {
    for (String text : AWKWARD) {
      assertReadsBack(Tree.map("key", text, "list", List.of(text, Tree.map("deep", text))));
      assertReadsBack(Tree.map("map", Tree.map("k" + text.strip(), text)));
    }
  }

  @Test
  void randomTreesAreReadAsTheyWereWritten() {
    Random random = new Random(4711);
    for (int i = 0; i < 500; i++) {
      assertReadsBack(Tree.map("root", tree(random, 4)));
    }
  }

  @Test
  void numbersAndTruthStayWhatTheyAre() {
    assertEquals(
        "# c\na: 1\nb: true\nc: '1'\n", Yaml.write("c", Tree.map("a", 1, "b", true, "c", "1")));
  }

  @Test
  void linesOfCodeStandAsABlock() {
    String yaml = Yaml.write("c", Tree.map("a", List.of(Tree.map("expr", "x > 1\nand y"))));
    assertTrue(yaml.contains("  - expr: |-\n      x > 1\n      and y\n"), yaml);
  }

  private static Object tree(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(3);
    if (kind == 0) {
      return AWKWARD.get(random.nextInt(AWKWARD.size()));
    }
    List<Object> children = new ArrayList<>();
    Map<String, Object> map = Tree.map();
    for (int i = random.nextInt(4); i > 0; i--) {
      Object child = tree(random, depth - 1);
      children.add(child);
      map.put(AWKWARD.get(random.nextInt(AWKWARD.size())) + i, child);
    }
    return kind == 1 ? children : map;
  }

  private static void assertReadsBack(Object tree) {
    String yaml = Yaml.write("c", tree);
    assertEquals(tree, new Load(LoadSettings.builder().build()).loadFromString(yaml), () -> yaml);
  }
}
