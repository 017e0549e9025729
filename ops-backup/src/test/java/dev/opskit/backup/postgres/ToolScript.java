package dev.opskit.backup.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Small shell scripts in the place of the PostgreSQL tools. */
final class ToolScript {
  private ToolScript() {}

  static Path write(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  static void installation(Path folder, String version) throws IOException {
    for (String tool : new String[] {"pg_dump", "pg_restore", "psql"}) {
      write(folder.resolve(tool), "echo '%s (PostgreSQL) %s'".formatted(tool, version));
    }
  }
}
