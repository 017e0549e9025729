package dev.opskit.testkit.rules;

import java.util.List;
import java.util.regex.Pattern;

/** What the name of a secret, and what a secret itself, looks like. */
final class SecretNames {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:.*[^a-z])?(?:password|passwd|passphrase|pwd|secret|token|credentials?|api[_.-]?key"
              + "|access[_.-]?key|access[_.-]?key[_.-]?id|private[_.-]?key|secret[_.-]?key)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CAMEL =
      Pattern.compile(
          "(?:set|with|put)?(?:\\w*[a-z])?(?:[Pp]assword|[Pp]asswd|[Pp]assphrase|[Ss]ecret|[Tt]oken"
              + "|[Aa]pi[Kk]ey|[Aa]ccess[Kk]ey|[Pp]rivate[Kk]ey|[Ss]ecret[Kk]ey)");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*");
  private static final Pattern PROPERTY = Pattern.compile("[a-z][a-z0-9]*(?:[.-][a-z0-9-]+)+");
  private static final List<Pattern> VALUES =
      List.of(
          Pattern.compile("AKIA[0-9A-Z]{16}"),
          Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
          Pattern.compile("gh[pousr]_[A-Za-z0-9]{30,}"),
          Pattern.compile("xox[abpr]-[A-Za-z0-9-]{10,}"),
          Pattern.compile("[sr]k_live_[A-Za-z0-9]{10,}"),
          Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+"),
          Pattern.compile("://[^/\\s:@{}$%<]+:[^/\\s@{}$%<]+@"),
          Pattern.compile("(?i)\\b(?:password|passwd|pwd|secret|token)=[^\\s&;{}$%<\"']{4,}"));

  private SecretNames() {}

  /** A variable of the environment that holds a secret, not one that says where it is. */
  static boolean isVariable(String name) {
    return VARIABLE.matcher(name).matches() && isSecret(name);
  }

  static boolean isProperty(String name) {
    return PROPERTY.matcher(name).matches() && isSecret(name);
  }

  static boolean isSecret(String name) {
    return NAME.matcher(name).matches();
  }

  /** A field, or a method that takes a secret. */
  static boolean isMember(String name) {
    return CAMEL.matcher(name).matches() || isVariable(name);
  }

  static boolean isValue(String text) {
    return VALUES.stream().anyMatch(value -> value.matcher(text).find());
  }
}
