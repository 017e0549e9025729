package dev.opskit.backup;

import java.util.List;
import java.util.Locale;

/** One field of a cron expression: which numbers it matches, and whether it begins with a star. */
record CronField(long bits, boolean isStar) {
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  enum Kind {
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH("month", 1, 12, MONTHS),
    /** 7 is Sunday, too. */
    DAY_OF_WEEK("day of week", 0, 7, DAYS);

    private final String name;
    private final int min;
    private final int max;
    private final List<String> words;

    Kind(String name, int min, int max, List<String> words) {
      this.name = name;
      this.min = min;
      this.max = max;
      this.words = words;
    }
  }

  static CronField parse(Kind kind, String text) {
    long bits = 0;
    for (String item : text.split(",", -1)) {
      bits |= item(kind, text, item);
    }
    if (kind == Kind.DAY_OF_WEEK && (bits & 1L << 7) != 0) {
      bits = bits & ~(1L << 7) | 1;
    }
    return new CronField(bits, text.startsWith("*"));
  }

  private static long item(Kind kind, String field, String item) {
    String[] stepped = item.split("/", -1);
    String[] range = stepped[0].split("-", -1);
    boolean isAll = stepped[0].equals("*");
    if (stepped.length > 2 || range.length > 2) {
      throw bad(kind, field);
    }
    int from = isAll ? kind.min : number(kind, field, range[0]);
    int to = from;
    if (range.length == 2) {
      to = number(kind, field, range[1]);
    } else if (isAll || stepped.length == 2) {
      to = kind == Kind.DAY_OF_WEEK ? 6 : kind.max;
    }
    int step = stepped.length == 2 ? digits(kind, field, stepped[1]) : 1;
    if (from < kind.min || to > kind.max || from > to || step < 1 || step > kind.max) {
      throw bad(kind, field);
    }
    long bits = 0;
    for (int value = from; value <= to; value += step) {
      bits |= 1L << value;
    }
    return bits;
  }

  private static int number(Kind kind, String field, String text) {
    int word = kind.words.indexOf(text.toUpperCase(Locale.ROOT));
    return word >= 0 ? kind.min + word : digits(kind, field, text);
  }

  private static int digits(Kind kind, String field, String text) {
    if (!text.matches("\\d{1,2}")) {
      throw bad(kind, field);
    }
    return Integer.parseInt(text);
  }

  private static IllegalArgumentException bad(Kind kind, String field) {
    return new IllegalArgumentException(
        "the %s '%s' must be *, a number from %d to %d%s, a range a-b from low to high, any of them with a step /n, or several of them with commas"
            .formatted(
                kind.name,
                field,
                kind.min,
                kind.max,
                kind.words.isEmpty() ? "" : ", a name like " + kind.words.get(1)));
  }

  boolean has(int value) {
    return (bits & 1L << value) != 0;
  }
}
