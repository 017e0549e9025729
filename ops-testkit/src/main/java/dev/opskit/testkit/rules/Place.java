package dev.opskit.testkit.rules;

/** A line of a file, counted from 1; 0 for the file as a whole. */
record Place(String file, int line) {
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
