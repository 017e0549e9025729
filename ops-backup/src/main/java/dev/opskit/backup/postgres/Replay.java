package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Plays archives back into the transaction of a session, as statements that pg_restore writes. */
record Replay(Server server, List<String> pgRestore, SqlSession session) {

  void of(BackupSource source) throws IOException, InterruptedException {
    session.query("\\o /dev/null");
    for (String stream : Archives.inOrder(source.streams())) {
      replay(source.open(stream));
    }
    session.query("\\o");
  }

  private void replay(InputStream stream) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(pgRestore);
    command.add("--file=-");
    try (InputStream archive = stream;
        ToolProcess tool = server.command(command).start(ProcessBuilder.Redirect.PIPE)) {
      FutureTask<Boolean> feeding = new FutureTask<>(() -> fed(tool, archive));
      Thread feeder = new Thread(feeding, "ops-backup-feeder");
      feeder.setDaemon(true);
      feeder.start();
      session.pass(tool.stdout());
      feeding.get();
      tool.awaitSuccess();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BackupException known) {
        throw known;
      }
      throw new IOException(e.getCause());
    }
  }

  /** A tool that was not given all would wait for the rest, and whoever reads it would, too. */
  private static boolean fed(ToolProcess tool, InputStream archive) throws IOException {
    boolean complete = false;
    try {
      tool.feed(archive);
      complete = true;
    } finally {
      if (!complete) {
        tool.end("the backup could not be read to its end");
      }
    }
    return complete;
  }
}
