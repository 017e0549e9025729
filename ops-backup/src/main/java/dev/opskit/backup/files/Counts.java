package dev.opskit.backup.files;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is in an archive, for the facts of a backup. */
final class Counts {
  private long files;
  private long folders;
  private long links;
  private long bytes;

  void add(TarEntry entry) {
    switch (entry.kind()) {
      case FILE -> files++;
      case FOLDER -> folders++;
      case LINK -> links++;
    }
    bytes += entry.sizeBytes();
  }

  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("files", Long.toString(files));
    facts.put("folders", Long.toString(folders));
    facts.put("links", Long.toString(links));
    facts.put("bytes", Long.toString(bytes));
    return facts;
  }
}
