package dev.opskit.backup.files;

import java.io.IOException;

/** Told of each entry of an archive; what it leaves of the content is read over. */
interface EntryVisitor {
  EntryVisitor NONE = (entry, tar) -> {};

  void visit(TarEntry entry, TarReader tar) throws IOException, InterruptedException;
}
