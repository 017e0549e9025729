package dev.opskit.backup.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;

/**
 * Writes a tar file in the pax format of POSIX. Every entry has an extended header, so that names,
 * sizes and times have no limits. Confined to one thread.
 */
final class TarWriter {
  static final int BLOCK = 512;
  private static final long MAX_OCTAL = 077777777777L;

  private final OutputStream out;
  private long left;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  /** The content follows, if there is any, by {@link #write}. */
  void begin(TarEntry entry) throws IOException {
    byte[] extended = extended(entry);
    header('x', extended.length, 0644, FileTime.fromMillis(0));
    out.write(extended);
    pad(extended.length);
    header(entry.kind().flag, entry.sizeBytes(), entry.mode(), entry.modified());
    left = entry.sizeBytes();
  }

  void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    left -= length;
  }

  /** The whole size that was announced must have been written. */
  void end(TarEntry entry) throws IOException {
    if (left != 0) {
      throw new IllegalStateException(entry.name() + " lacks " + left + " bytes");
    }
    pad(entry.sizeBytes());
  }

  /** Two empty blocks say that nothing is missing. */
  void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private static byte[] extended(TarEntry entry) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    record(records, "path", entry.name());
    record(records, "mtime", seconds(entry.modified().toInstant()));
    record(records, "size", Long.toString(entry.sizeBytes()));
    if (entry.kind() == TarEntry.Kind.LINK) {
      record(records, "linkpath", entry.linkTarget());
    }
    return records.toByteArray();
  }

  /** The length at the beginning counts itself. */
  private static void record(ByteArrayOutputStream records, String name, String value) {
    byte[] rest = (" " + name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
    int digits = 1;
    while (Integer.toString(rest.length + digits).length() > digits) {
      digits++;
    }
    records.writeBytes(Integer.toString(rest.length + digits).getBytes(StandardCharsets.US_ASCII));
    records.writeBytes(rest);
  }

  private static String seconds(Instant instant) {
    // Down, also before 1970, as the nanoseconds are always counted up.
    return instant.getEpochSecond() >= 0
        ? String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano())
        : Long.toString(instant.getEpochSecond());
  }

  private void header(char flag, long size, int mode, FileTime modified) throws IOException {
    byte[] block = new byte[BLOCK];
    // The true name is in the extended header.
    ascii(block, 0, "entry");
    ascii(block, 100, String.format(Locale.ROOT, "%07o", mode));
    ascii(block, 108, "0000000");
    ascii(block, 116, "0000000");
    ascii(block, 124, octal(size));
    ascii(block, 136, octal(modified.toInstant().getEpochSecond()));
    ascii(block, 148, "        ");
    block[156] = (byte) flag;
    ascii(block, 257, "ustar");
    ascii(block, 263, "00");
    ascii(block, 148, String.format(Locale.ROOT, "%06o", sum(block)));
    block[154] = 0;
    out.write(block);
  }

  static int sum(byte[] block) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      // The field of the sum itself counts as blanks.
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  private static String octal(long value) {
    return String.format(Locale.ROOT, "%011o", Math.max(0, Math.min(value, MAX_OCTAL)));
  }

  private static void ascii(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private void pad(long length) throws IOException {
    int over = (int) (length % BLOCK);
    if (over > 0) {
      out.write(new byte[BLOCK - over]);
    }
  }
}
