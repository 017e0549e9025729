package dev.opskit.health;

import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance that outlives the process: the open window is also in a file, from where the next
 * process takes it. The file is replaced as a whole, so that no crash leaves half of one.
 */
final class FileMaintenance implements MaintenanceMode {
  private final Path file;
  private final MaintenanceMode inMemory;

  FileMaintenance(Path file, MaintenanceMode inMemory) {
    this.file = file;
    this.inMemory = inMemory;
  }

  @Override
  public synchronized void enter(MaintenanceWindow window) {
    inMemory.enter(window);
    Properties properties = new Properties();
    properties.setProperty("owner", window.owner());
    properties.setProperty("reason", window.reason());
    properties.setProperty("until", window.until().toString());
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path temporary = Files.createTempFile(folder, ".maintenance-", ".tmp");
      try (Writer out = Files.newBufferedWriter(temporary)) {
        properties.store(out, "opskit maintenance window");
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "maintenance is on, but " + file + " could not be written: a restart would end it", e);
    }
  }

  @Override
  public synchronized void leave() {
    inMemory.leave();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "maintenance is off, but "
              + file
              + " could not be deleted: a restart would bring it back",
          e);
    }
  }

  @Override
  public Optional<MaintenanceWindow> current() {
    return inMemory.current();
  }

  /** The window that an earlier process left, over or not; null if it left none. */
  static @Nullable MaintenanceWindow read(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
      return new MaintenanceWindow(
          properties.getProperty("owner", ""),
          properties.getProperty("reason", ""),
          Instant.parse(properties.getProperty("until", "")));
    } catch (NoSuchFileException none) {
      return null;
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the maintenance file " + file + " is not readable; delete it to end the maintenance", e);
    }
  }
}
