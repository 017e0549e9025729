package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that are nearly the same have other fingerprints. Where two of them would have the same, a
 * drill could not tell that one has become the other.
 */
@Timeout(120)
class FingerprintValuesIT {
  /** The columns of a table, and two rows of it that must not be taken for the same. */
  private record Pair(String columns, String one, String other) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("v int2", "1", "-1"),
          new Pair("v int4", "0", "NULL"),
          new Pair("v int4", "1", "NULL"),
          // Their halves, combined by exclusive or, are the same.
          new Pair("v int8", "0", "4294967297"),
          new Pair("v int8", "1", "8589934595"),
          new Pair("v bool", "true", "false"),
          new Pair("v bool", "false", "NULL"),
          new Pair("v numeric", "5", "-5"),
          new Pair("v numeric", "1.0", "1.00"),
          new Pair("v numeric", "'NaN'", "'Infinity'"),
          new Pair("v numeric(12,2)", "7", "-7"),
          new Pair("v numeric(12,2)", "0", "NULL"),
          new Pair("v numeric(12,2)", "0", "'NaN'"),
          new Pair("v numeric(12,2)", "'NaN'", "NULL"),
          new Pair("v numeric(12,2)", "1", "10000"),
          new Pair("v float8", "0", "'-0'"),
          new Pair("v float8", "0.1", "0.1 + 2e-17"),
          new Pair("v text", "''", "NULL"),
          new Pair("v text", "'a'", "'a '"),
          new Pair("v varchar(5)", "'a'", "'A'"),
          new Pair("v char(5)", "'a'", "'b'"),
          new Pair("v uuid", "'00000000-0000-0000-0000-000000000001'", "NULL"),
          new Pair("v timestamp", "'2026-01-01 00:00:00'", "'2026-01-01 00:00:00.000001'"),
          new Pair("v timestamptz", "'infinity'", "'-infinity'"),
          new Pair("v timestamptz", "'infinity'", "NULL"),
          new Pair("v timestamptz", "'2026-01-01 00:00Z'", "'2026-01-01 00:00+01'"),
          new Pair("v date", "'2026-01-01'", "'2026-01-02'"),
          new Pair("v date", "'2026-01-01'", "NULL"),
          new Pair("v interval", "'1 day'", "'24 hours'"),
          new Pair("v bytea", "''", "'\\x00'"),
          new Pair("v bytea", "''", "NULL"),
          new Pair("v jsonb", "'{\"a\": 5}'", "'{\"a\": -5}'"),
          new Pair("v jsonb", "'[1.0]'", "'[1.00]'"),
          new Pair("v jsonb", "'null'", "NULL"),
          new Pair("v json", "'{\"a\":1}'", "'{\"a\": 1}'"),
          new Pair("v int4[]", "'{1,2}'", "'{2,1}'"),
          new Pair("a int4, b int4", "1, 2", "2, 1"),
          new Pair("a int4, b int4", "1, NULL", "NULL, 1"),
          new Pair("a text, b text", "'a', 'b'", "'b', 'a'"),
          new Pair("a text, b text", "'ab', ''", "'a', 'b'"),
          new Pair("a int8, b uuid, c text", "1, NULL, ''", "1, NULL, NULL"));

  @TempDir Path folder;

  @Test
  void rowsThatAreNearlyTheSameAreToldApart() throws Exception {
    try (Shop shop = Shop.open(folder, 1)) {
      for (int i = 0; i < PAIRS.size(); i++) {
        Pair pair = PAIRS.get(i);
        shop.execute(
            Shop.NAME,
            "CREATE TABLE one%1$d (%2$s); CREATE TABLE other%1$d (%2$s);".formatted(i, pair.columns)
                + " INSERT INTO one%d VALUES (%s);".formatted(i, pair.one)
                + " INSERT INTO other%d VALUES (%s);".formatted(i, pair.other));
      }
      List<String> fingerprint = fingerprint(shop);

      List<Pair> taken = new ArrayList<>();
      for (int i = 0; i < PAIRS.size(); i++) {
        if (rows(fingerprint, "one" + i).equals(rows(fingerprint, "other" + i))) {
          taken.add(PAIRS.get(i));
        }
      }
      assertEquals(List.of(), taken);
    }
  }

  private static List<String> fingerprint(Shop shop) throws Exception {
    Map<String, ByteArrayOutputStream> streams = new HashMap<>();
    shop.strategy()
        .build()
        .dump(name -> streams.computeIfAbsent(name, n -> new ByteArrayOutputStream()));
    return streams.get("fingerprint").toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static String rows(List<String> fingerprint, String table) {
    String start = "rows\tpublic." + table + "\t";
    return fingerprint.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElseThrow();
  }
}
