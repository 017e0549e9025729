package dev.opskit.examples.orders.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the database's password came from, and where it is not. */
final class SecretChapter {
  private static final Logger logger = LoggerFactory.getLogger(SecretChapter.class);
  private static final String CARELESS = "connecting to the database with password {}";

  private final Sandbox sandbox;

  SecretChapter(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  void tell(Narrator narrator) {
    narrator.chapter("Where the database's password came from");
    Path file = sandbox.settings().secrets().resolve(sandbox.settings().databaseSecret());
    String password = sandbox.postgres().password();
    narrator.say("From the mounted file %s, mode %s.", file, mode(file));
    narrator.expect(
        System.getenv().values().stream().noneMatch(value -> value.contains(password))
            && ProcessHandle.current().info().commandLine().stream()
                .noneMatch(line -> line.contains(password)),
        "it is neither in the environment nor on the command line of this process");

    logger.info(CARELESS, password);
    List<String> careless =
        sandbox.log("combined.log").lines().stream()
            .filter(line -> line.contains(SecretChapter.class.getName()))
            .toList();
    narrator.say("Somebody logs it by mistake. What the log has:");
    careless.forEach(narrator::quote);
    narrator.expect(
        careless.size() == 1
            && LogFile.field(careless.get(0), "message").equals(CARELESS.replace("{}", "***"))
            && sandbox.log("combined.log").lines().stream()
                .noneMatch(line -> line.contains(password)),
        "the password is nowhere in the log");
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the secret " + file + " could not be looked at", e);
    }
  }
}
