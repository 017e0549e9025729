package dev.opskit.backup.postgres;

import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a tool is started: never by a shell, and with the password in its environment alone, which
 * other users cannot read, while everybody can read arguments.
 *
 * @param environment added to this process's own, of which nothing that libpq listens to is passed
 *     on
 * @param patience how long the tool may give no sign of life while it is waited for; null without
 *     end
 */
record ToolCommand(
    List<String> command,
    Map<String, String> environment,
    @Nullable Duration patience,
    TimeSource time) {
  static final String PASSWORD = "PGPASSWORD";

  ToolProcess start(ProcessBuilder.Redirect stdout) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(stdout);
    Map<String, String> childEnvironment = builder.environment();
    childEnvironment.keySet().removeIf(name -> name.startsWith("PG"));
    // What the tools say is looked at, so it has to be in one language.
    childEnvironment.put("LC_ALL", "C");
    childEnvironment.putAll(environment);
    return new ToolProcess(this, builder.start());
  }

  String name() {
    String path = command.get(0);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  String masked(String text) {
    String password = environment.get(PASSWORD);
    return password == null || password.isEmpty() ? text : text.replace(password, "***");
  }
}
