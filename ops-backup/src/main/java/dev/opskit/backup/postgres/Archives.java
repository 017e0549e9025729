package dev.opskit.backup.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The archives that a dump consists of. With shards the first holds the definitions and the data of
 * all tables but the large ones, each shard the data of some of those, and the last what is made
 * when all data is there: indexes, constraints, triggers, rules.
 */
final class Archives {
  static final String DATABASE = "database";
  private static final String SHARD = DATABASE + "-%d";
  private static final Pattern SHARDS = Pattern.compile(DATABASE + "-\\d+");
  private static final String POST_DATA = DATABASE + "-post-data";

  /** An archive: its stream, and what pg_dump is told to put into it. */
  record Archive(String stream, List<String> selection) {}

  /**
   * Something that can be dumped apart from the rest.
   *
   * @param pattern as pg_dump wants it
   */
  record Table(String pattern, long pages) {}

  private Archives() {}

  static List<Archive> read(SqlSession session, int shards)
      throws IOException, InterruptedException {
    List<Table> tables = new ArrayList<>();
    long otherPages = 0;
    if (shards > 1) {
      for (List<String> row : session.query(Script.TABLES.text())) {
        long pages = Long.parseLong(row.get(2));
        if (row.get(1).isEmpty()) {
          otherPages = pages;
        } else {
          tables.add(new Table(Identifiers.pattern(row.get(0), row.get(1)), pages));
        }
      }
    }
    return plan(tables, otherPages, shards);
  }

  /**
   * What is dumped at the same time, in the order in which it is loaded.
   *
   * @param otherPages what is in the first archive whatever is moved
   */
  static List<Archive> plan(List<Table> tables, long otherPages, int shards) {
    List<List<String>> moved = balance(tables, otherPages, shards);
    if (moved.isEmpty()) {
      return List.of(new Archive(DATABASE, List.of()));
    }
    List<Archive> archives = new ArrayList<>();
    List<String> rest = new ArrayList<>(List.of("--section=pre-data", "--section=data"));
    moved.forEach(patterns -> patterns.forEach(p -> rest.add("--exclude-table-data=" + p)));
    archives.add(new Archive(DATABASE, rest));
    for (List<String> patterns : moved) {
      List<String> selection = new ArrayList<>(List.of("--section=data", "--strict-names"));
      patterns.forEach(pattern -> selection.add("--table=" + pattern));
      archives.add(new Archive(SHARD.formatted(archives.size()), selection));
    }
    archives.add(new Archive(POST_DATA, List.of("--section=post-data")));
    return archives;
  }

  /** The streams in an order in which they can be loaded. */
  static List<String> inOrder(List<String> streams) {
    return stages(streams).stream().flatMap(List::stream).toList();
  }

  /** Streams that may be loaded at the same time, one such group after the other. */
  static List<List<String>> stages(List<String> streams) {
    List<String> shards = streams.stream().filter(s -> SHARDS.matcher(s).matches()).toList();
    return shards.isEmpty()
        ? List.of(List.of(DATABASE))
        : List.of(List.of(DATABASE), shards, List.of(POST_DATA));
  }

  /** What goes into each shard; the largest first, each to where there is least so far. */
  private static List<List<String>> balance(List<Table> tables, long otherPages, int shards) {
    long[] pages = new long[shards];
    pages[0] = otherPages;
    List<List<String>> patterns =
        IntStream.range(0, shards).<List<String>>mapToObj(i -> new ArrayList<>()).toList();
    List<Table> largestFirst =
        tables.stream().sorted(Comparator.comparingLong(Table::pages).reversed()).toList();
    for (Table table : largestFirst) {
      long least = Arrays.stream(pages).min().orElseThrow();
      int shard =
          IntStream.range(0, shards).filter(i -> pages[i] == least).findFirst().orElseThrow();
      pages[shard] += table.pages();
      patterns.get(shard).add(table.pattern());
    }
    return patterns.subList(1, shards).stream().filter(p -> !p.isEmpty()).toList();
  }
}
