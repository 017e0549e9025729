package dev.opskit.backup.files;

import dev.opskit.backup.BackupCorruptException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link TarWriter} writes, and nothing else. Confined to one thread. */
final class TarReader {
  private static final int MAX_EXTENDED_BYTES = 1 << 20;
  private static final int NANOS_DIGITS = 9;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private long left;
  private int padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  /** Null at the end, which was then found to be where it should be. */
  @Nullable TarEntry next() throws IOException, InterruptedException {
    copyTo(OutputStream.nullOutputStream());
    byte[] first = block();
    if (isEmpty(first)) {
      if (!isEmpty(block()) || in.read() >= 0) {
        throw new BackupCorruptException("something follows the end of the archive");
      }
      return null;
    }
    requireHeader(first);
    if (first[156] != 'x') {
      throw new BackupCorruptException("an entry of the archive has no extended header");
    }
    long length = octal(first, 124, 11);
    if (length > MAX_EXTENDED_BYTES) {
      throw new BackupCorruptException("a header of the archive has " + length + " bytes");
    }
    Map<String, String> records = records(content((int) length));
    content(padding(length));
    byte[] header = block();
    requireHeader(header);
    TarEntry entry = entry(header, records);
    left = entry.sizeBytes();
    padding = padding(left);
    return entry;
  }

  /** The content of the entry that was last returned, as far as nobody has read it. */
  void copyTo(OutputStream out) throws IOException, InterruptedException {
    while (left > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException("reading an archive was cancelled");
      }
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw endIsMissing();
      }
      out.write(buffer, 0, count);
      left -= count;
    }
    content(padding);
    padding = 0;
  }

  private static TarEntry entry(byte[] header, Map<String, String> records) {
    try {
      return new TarEntry(
          TarEntry.Kind.of(header[156]),
          required(records, "path"),
          (int) octal(header, 100, 7),
          time(required(records, "mtime")),
          Long.parseLong(required(records, "size")),
          records.getOrDefault("linkpath", ""));
    } catch (NumberFormatException e) {
      throw new BackupCorruptException("a header of the archive is no number", e);
    }
  }

  private static FileTime time(String seconds) {
    int point = seconds.indexOf('.');
    if (point < 0) {
      return FileTime.from(Instant.ofEpochSecond(Long.parseLong(seconds)));
    }
    String fraction = seconds.substring(point + 1);
    if (fraction.length() != NANOS_DIGITS) {
      throw new NumberFormatException(seconds);
    }
    return FileTime.from(
        Instant.ofEpochSecond(
            Long.parseLong(seconds.substring(0, point)), Long.parseLong(fraction)));
  }

  private static Map<String, String> records(byte[] bytes) {
    Map<String, String> records = new LinkedHashMap<>();
    int at = 0;
    while (at < bytes.length) {
      int blank = at;
      while (blank < bytes.length && bytes[blank] != ' ') {
        blank++;
      }
      int end = at + number(new String(bytes, at, blank - at, StandardCharsets.US_ASCII));
      if (end <= blank + 1 || end > bytes.length) {
        throw new BackupCorruptException("a header of the archive is cut off");
      }
      String pair = new String(bytes, blank + 1, end - blank - 2, StandardCharsets.UTF_8);
      int equals = pair.indexOf('=');
      if (equals < 0
          || records.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
        throw new BackupCorruptException("a header of the archive is malformed");
      }
      at = end;
    }
    return records;
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new BackupCorruptException("a header of the archive is malformed", e);
    }
  }

  private static String required(Map<String, String> records, String name) {
    String value = records.get(name);
    if (value == null) {
      throw new BackupCorruptException("an entry of the archive has no " + name);
    }
    return value;
  }

  private static void requireHeader(byte[] block) {
    boolean isTar = new String(block, 257, 5, StandardCharsets.US_ASCII).equals("ustar");
    if (!isTar || octal(block, 148, 6) != TarWriter.sum(block)) {
      throw new BackupCorruptException("not an archive: a header is malformed");
    }
  }

  private static long octal(byte[] block, int at, int digits) {
    try {
      return Long.parseLong(new String(block, at, digits, StandardCharsets.US_ASCII), 8);
    } catch (NumberFormatException e) {
      throw new BackupCorruptException("a header of the archive is no number", e);
    }
  }

  private byte[] block() throws IOException {
    return content(TarWriter.BLOCK);
  }

  private byte[] content(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw endIsMissing();
    }
    return bytes;
  }

  private static int padding(long length) {
    return (int) ((TarWriter.BLOCK - length % TarWriter.BLOCK) % TarWriter.BLOCK);
  }

  private static BackupCorruptException endIsMissing() {
    return new BackupCorruptException("the end of the archive is missing");
  }

  private static boolean isEmpty(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
