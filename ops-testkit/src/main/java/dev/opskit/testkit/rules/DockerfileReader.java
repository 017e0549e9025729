package dev.opskit.testkit.rules;

import dev.opskit.testkit.rules.Dockerfile.Instruction;
import dev.opskit.testkit.rules.Dockerfile.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a Dockerfile: continued lines, comments between them, heredocs, the escape directive. */
final class DockerfileReader {
  private static final Set<String> KNOWN =
      Set.of(
          "FROM",
          "RUN",
          "CMD",
          "LABEL",
          "MAINTAINER",
          "EXPOSE",
          "ENV",
          "ADD",
          "COPY",
          "ENTRYPOINT",
          "VOLUME",
          "USER",
          "WORKDIR",
          "ARG",
          "ONBUILD",
          "STOPSIGNAL",
          "HEALTHCHECK",
          "SHELL");
  private static final Set<String> WITH_HEREDOC = Set.of("RUN", "COPY", "ADD");
  private static final Pattern INSTRUCTION = Pattern.compile("\\s*(\\S+)(?:\\s+(.*))?");
  private static final Pattern ESCAPE = Pattern.compile("#\\s*escape\\s*=\\s*(\\S)\\s*");
  private static final Pattern DIRECTIVE = Pattern.compile("#\\s*\\w+\\s*=.*");
  private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*(['\"]?)(\\w+)\\1");
  private static final Pattern FROM =
      Pattern.compile("(?:--platform=\\S+\\s+)?(\\S+)(?:\\s+[Aa][Ss]\\s+(\\S+))?\\s*");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)(?::?-([^}]*))?})");

  private final String file;
  private final List<String> lines;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<String, String> arguments = new LinkedHashMap<>();
  private final List<Instruction> comments = new ArrayList<>();
  private final List<Finding> problems = new ArrayList<>();
  private char escape = '\\';
  private int next;

  private DockerfileReader(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  static Dockerfile read(Path path) {
    List<String> lines = List.of();
    Finding problem = null;
    try {
      lines = Files.readAllLines(path);
    } catch (IOException e) {
      String why = Files.exists(path) ? "cannot be read: " + e : "does not exist";
      problem = new Finding(path.toString(), why);
    }
    DockerfileReader reader = new DockerfileReader(path.toString(), lines);
    if (problem == null) {
      reader.readAll();
    } else {
      reader.problems.add(problem);
    }
    return new Dockerfile(
        path.toString(),
        List.copyOf(reader.stages),
        Map.copyOf(reader.arguments),
        List.copyOf(reader.comments),
        List.copyOf(reader.problems));
  }

  private void readAll() {
    for (; next < lines.size() && DIRECTIVE.matcher(lines.get(next)).matches(); next++) {
      Matcher directive = ESCAPE.matcher(lines.get(next));
      escape = directive.matches() ? directive.group(1).charAt(0) : escape;
    }
    while (next < lines.size()) {
      String line = lines.get(next);
      if (isComment(line)) {
        comments.add(new Instruction(next + 1, "#", line.strip().substring(1).strip()));
        next++;
      } else if (line.isBlank()) {
        next++;
      } else {
        instruction();
      }
    }
    if (stages.isEmpty() && problems.isEmpty()) {
      problem(0, "has no FROM");
    }
  }

  private void instruction() {
    int start = next + 1;
    Matcher parts = INSTRUCTION.matcher(joined());
    parts.matches();
    String name = parts.group(1).toUpperCase(Locale.ROOT);
    String text = parts.group(2) == null ? "" : parts.group(2).strip();
    if (!KNOWN.contains(name)) {
      problem(start, "'" + parts.group(1) + "' is no instruction of a Dockerfile");
      return;
    }
    if (WITH_HEREDOC.contains(name)) {
      text = withHeredocs(start, text);
    }
    add(new Instruction(start, name, text));
  }

  private String joined() {
    StringBuilder text = new StringBuilder();
    while (next < lines.size()) {
      String line = lines.get(next++).stripTrailing();
      if (text.length() > 0 && (isComment(line) || line.isBlank())) {
        continue;
      }
      if (line.isEmpty() || line.charAt(line.length() - 1) != escape) {
        return text.append(line).toString();
      }
      text.append(line, 0, line.length() - 1).append(' ');
    }
    return text.toString();
  }

  private String withHeredocs(int start, String text) {
    Deque<String> ends = new ArrayDeque<>();
    HEREDOC.matcher(text).results().map(heredoc -> heredoc.group(2)).forEach(ends::add);
    StringBuilder whole = new StringBuilder(text);
    while (!ends.isEmpty()) {
      if (next >= lines.size()) {
        problem(start, "the heredoc '" + ends.peek() + "' has no end");
        break;
      }
      String line = lines.get(next++);
      whole.append('\n').append(line);
      if (line.strip().equals(ends.peek())) {
        ends.remove();
      }
    }
    return whole.toString();
  }

  private void add(Instruction instruction) {
    if (instruction.name().equals("FROM")) {
      Matcher from = FROM.matcher(instruction.text());
      if (!from.matches()) {
        problem(instruction.line(), "a FROM is an image, or an image AS a name");
        return;
      }
      String name = from.group(2) == null ? "" : from.group(2);
      stages.add(new Stage(instruction, filledIn(from.group(1)), name, new ArrayList<>()));
    } else if (!stages.isEmpty()) {
      stages.get(stages.size() - 1).instructions().add(instruction);
    } else if (instruction.name().equals("ARG")) {
      String[] parts = instruction.text().split("=", 2);
      arguments.put(parts[0].strip(), parts.length == 1 ? "" : unquoted(parts[1].strip()));
    } else {
      problem(instruction.line(), instruction.name() + " stands before the first FROM");
    }
  }

  private String filledIn(String image) {
    return VARIABLE
        .matcher(image)
        .replaceAll(variable -> Matcher.quoteReplacement(value(variable)));
  }

  private String value(MatchResult variable) {
    String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
    String otherwise = variable.group(3) == null ? "" : variable.group(3);
    String value = arguments.getOrDefault(name, "");
    return value.isEmpty() ? otherwise : value;
  }

  private static String unquoted(String text) {
    return text.matches("\"[^\"]*\"|'[^']*'") ? text.substring(1, text.length() - 1) : text;
  }

  private static boolean isComment(String line) {
    return line.stripLeading().startsWith("#");
  }

  private void problem(int line, String what) {
    problems.add(new Finding(new Place(file, line).toString(), what));
  }
}
