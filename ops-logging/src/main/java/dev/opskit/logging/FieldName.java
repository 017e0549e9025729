package dev.opskit.logging;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of a field, with what there is to know about it worked out once. Confined to one thread.
 */
final class FieldName {
  final String text;

  /** The name as UTF-8, to look for values to mask in it. */
  final byte[] utf8;

  /** The name as it stands in the line, with its quotes and colon. */
  final byte[] json;

  /** Whether the value behind it is to be hidden. */
  final boolean hidden;

  /** The reserved names that this one was last found not to be among. */
  @Nullable Set<String> notIn;

  FieldName(String text, boolean hidden) {
    this.text = text;
    this.utf8 = text.getBytes(StandardCharsets.UTF_8);
    this.hidden = hidden;
    LineBuffer line = new LineBuffer(utf8.length + 16);
    line.ascii('"');
    line.content(text, Integer.MAX_VALUE);
    line.ascii('"');
    line.ascii(':');
    this.json = line.copy();
  }
}
