package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.postgres.Archives.Archive;
import dev.opskit.backup.postgres.Archives.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchivesTest {
  private static final Archive WHOLE = new Archive("database", List.of());

  @Test
  void withoutShardsThereIsOneArchiveOfEverything() {
    assertEquals(List.of(WHOLE), Archives.plan(List.of(), 0, 1));
    assertEquals(List.of(WHOLE), Archives.plan(List.of(table("a", 9), table("b", 9)), 0, 1));
    assertEquals(List.of(List.of("database")), Archives.stages(streams(List.of(WHOLE))));
  }

  @Test
  void whereThereIsNothingToMoveThereIsOneArchiveToo() {
    assertEquals(List.of(WHOLE), Archives.plan(List.of(), 100, 4));
    assertEquals(List.of(WHOLE), Archives.plan(List.of(table("only", 9)), 0, 4));
  }

  @Test
  void theFirstArchiveLeavesOutWhatTheShardsHoldAndTheLastHoldsWhatComesAfterAllData() {
    List<Archive> archives =
        Archives.plan(List.of(table("c", 3), table("a", 10), table("b", 8)), 9, 3);

    assertEquals(
        List.of(
            new Archive(
                "database",
                List.of(
                    "--section=pre-data",
                    "--section=data",
                    "--exclude-table-data=a",
                    "--exclude-table-data=b",
                    "--exclude-table-data=c")),
            new Archive("database-1", List.of("--section=data", "--strict-names", "--table=a")),
            new Archive(
                "database-2",
                List.of("--section=data", "--strict-names", "--table=b", "--table=c")),
            new Archive("database-post-data", List.of("--section=post-data"))),
        archives);
    assertEquals(
        List.of(
            List.of("database"),
            List.of("database-1", "database-2"),
            List.of("database-post-data")),
        Archives.stages(streams(archives)));
  }

  @Test
  void oneLargeTableIsAloneAndTheRestBesideIt() {
    List<Archive> archives =
        Archives.plan(List.of(table("large", 1000), table("small", 3)), 100, 2);

    assertEquals(
        List.of("--section=data", "--strict-names", "--table=large"), archives.get(1).selection());
    assertEquals(3, archives.size());
  }

  /** By no more than one table, as each went to where there was least. */
  @Test
  void everyTableIsInOneArchiveAndTheLoadsDifferLittle() {
    Random random = new Random(7);
    for (int run = 0; run < 500; run++) {
      int shards = 2 + random.nextInt(3);
      List<Table> tables =
          IntStream.range(0, random.nextInt(30))
              .mapToObj(i -> table("t" + i, 1 + random.nextInt(1000)))
              .toList();
      List<Archive> archives = Archives.plan(tables, 0, shards);

      List<String> moved = new ArrayList<>();
      List<Long> loads = new ArrayList<>();
      for (Archive archive : archives) {
        List<String> patterns = values(archive, "--table=");
        moved.addAll(patterns);
        if (!patterns.isEmpty()) {
          loads.add(pages(tables, patterns));
        }
      }
      assertEquals(moved.stream().distinct().toList(), moved, "a table is in two shards");
      assertEquals(moved, values(archives.get(0), "--exclude-table-data="));
      loads.add(pages(tables, tables.stream().map(Table::pattern).toList()) - pages(tables, moved));
      long largest = tables.stream().mapToLong(Table::pages).max().orElse(0);
      long most = loads.stream().mapToLong(l -> l).max().orElseThrow();
      long least = loads.size() < shards ? 0 : loads.stream().mapToLong(l -> l).min().orElseThrow();
      assertTrue(most - least <= largest, () -> loads + " of " + tables);
    }
  }

  private static List<String> streams(List<Archive> archives) {
    return Stream.concat(
            archives.stream().map(Archive::stream), Stream.of("settings", "fingerprint"))
        .toList();
  }

  private static List<String> values(Archive archive, String option) {
    return archive.selection().stream()
        .filter(argument -> argument.startsWith(option))
        .map(argument -> argument.substring(option.length()))
        .toList();
  }

  private static long pages(List<Table> tables, List<String> patterns) {
    return tables.stream()
        .filter(table -> patterns.contains(table.pattern()))
        .mapToLong(Table::pages)
        .sum();
  }

  private static Table table(String pattern, long pages) {
    return new Table(pattern, pages);
  }
}
