package dev.opskit.logging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is asked for: a level, and for how long. */
record LevelRequest(String level, Duration duration) {
  private static final int MAX_BYTES = 512;
  private static final int MAX_SHOWN_CHARS = 40;

  /** A JSON object of two short texts; no level and no duration needs an escape. */
  private static final String TEXT = "\\s*\"([^\"\\\\\\p{Cntrl}]*)\"\\s*";

  private static final Pattern MEMBER = Pattern.compile(TEXT + ":" + TEXT);
  private static final Pattern OBJECT =
      Pattern.compile("\\s*\\{" + TEXT + ":" + TEXT + "(," + TEXT + ":" + TEXT + ")?\\}\\s*");
  private static final String FORM =
      "the body must be like {\"level\":\"DEBUG\",\"duration\":\"PT15M\"}";

  static LevelRequest parse(byte[] body) {
    String text = body.length > MAX_BYTES ? "" : new String(body, StandardCharsets.UTF_8);
    if (!OBJECT.matcher(text).matches()) {
      throw new IllegalArgumentException(FORM);
    }
    Map<String, String> members = new LinkedHashMap<>();
    Matcher member = MEMBER.matcher(text);
    while (member.find()) {
      if (members.put(member.group(1), member.group(2)) != null) {
        throw new IllegalArgumentException(FORM);
      }
    }
    String level = members.remove("level");
    String duration = members.remove("duration");
    if (level == null || !members.isEmpty()) {
      throw new IllegalArgumentException(FORM);
    }
    return new LevelRequest(
        shown(level), duration == null ? LogLevels.DEFAULT_DURATION : duration(duration));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "duration is '" + shown(text) + "', must be like PT90S, PT15M or PT2H", e);
    }
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "...";
  }
}
