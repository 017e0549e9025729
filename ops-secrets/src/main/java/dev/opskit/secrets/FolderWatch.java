package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of files that were replaced. The kernel's events on the folder make it quick, and a look
 * each second makes it sure: events get lost, the folder may not be there yet, and a watch on a
 * file of a Kubernetes volume ends with the first swap. One thread while there is a watch.
 */
final class FolderWatch {
  private static final Logger logger = LoggerFactory.getLogger(MountedFileProvider.class);
  private static final long LOOK_EACH_SECONDS = 1;

  private final Path root;
  private final List<Watched> watches = new ArrayList<>();
  private @Nullable WatchService service;

  FolderWatch(Path root) {
    this.root = root;
  }

  /** One watch; its state is the thread's own after it was added. */
  private static final class Watched implements Subscription {
    private final FolderWatch owner;
    private final Path file;
    private final Runnable changed;
    private volatile String seen;

    Watched(FolderWatch owner, Path file, Runnable changed) {
      this.owner = owner;
      this.file = file;
      this.changed = changed;
      this.seen = owner.state(file);
    }

    @Override
    public void close() {
      owner.remove(this);
    }
  }

  Subscription add(Path file, Runnable changed) {
    Watched watch = new Watched(this, file, changed);
    synchronized (watches) {
      watches.add(watch);
      if (service == null) {
        service = start();
      }
    }
    return watch;
  }

  private void remove(Watched watch) {
    synchronized (watches) {
      watches.remove(watch);
      if (watches.isEmpty() && service != null) {
        close(service);
        service = null;
      }
    }
  }

  private WatchService start() {
    try {
      WatchService started = root.getFileSystem().newWatchService();
      Thread thread = new Thread(() -> run(started), "ops-secrets-watch");
      thread.setDaemon(true);
      thread.start();
      return started;
    } catch (IOException e) {
      throw new IllegalStateException(
          "no more watches can be had from the system: raise fs.inotify.max_user_instances");
    }
  }

  private void run(WatchService own) {
    WatchKey key = null;
    try {
      while (true) {
        if (key == null || !key.isValid()) {
          key = register(own);
        }
        WatchKey signalled = own.poll(LOOK_EACH_SECONDS, TimeUnit.SECONDS);
        if (signalled != null) {
          // Cleared before the look, so that what comes during the look wakes it again.
          signalled.pollEvents();
          signalled.reset();
        }
        current(own).forEach(this::look);
      }
    } catch (ClosedWatchServiceException | InterruptedException noMoreWatches) {
      close(own);
    }
  }

  private @Nullable WatchKey register(WatchService own) {
    try {
      return root.register(
          own,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException notThereYet) {
      return null;
    }
  }

  /** None for the thread of watches that have ended, which may still be in its last round. */
  private List<Watched> current(WatchService own) {
    synchronized (watches) {
      return service == own ? List.copyOf(watches) : List.of();
    }
  }

  private void look(Watched watch) {
    String now = state(watch.file);
    if (now.equals(watch.seen)) {
      return;
    }
    watch.seen = now;
    synchronized (watches) {
      if (!watches.contains(watch)) {
        return;
      }
    }
    try {
      watch.changed.run();
    } catch (RuntimeException e) {
      logger.warn("who watches {} threw {}", watch.file, e.getClass().getName());
    }
  }

  /** Differs after the file, or the volume that it is in, was replaced. */
  private String state(Path file) {
    try {
      return Files.readSymbolicLink(root.resolve("..data")).toString();
    } catch (IOException notAVolume) {
      return stateOf(file);
    }
  }

  private static String stateOf(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
    } catch (IOException absent) {
      return "absent";
    }
  }

  private static void close(WatchService service) {
    try {
      service.close();
    } catch (IOException nothingToBeDone) {
      logger.debug("a watch of the file system could not be closed");
    }
  }
}
