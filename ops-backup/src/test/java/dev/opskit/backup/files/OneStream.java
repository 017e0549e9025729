package dev.opskit.backup.files;

import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** A dump in memory. */
record OneStream(ByteArrayOutputStream bytes, Map<String, String> facts)
    implements BackupSink, BackupSource {

  static OneStream of(FolderBackup backup) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return new OneStream(bytes, backup.dump(new OneStream(bytes, Map.of())));
  }

  @Override
  public OutputStream stream(String name) {
    return bytes;
  }

  @Override
  public List<String> streams() {
    return List.of("files");
  }

  @Override
  public InputStream open(String name) {
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
