package dev.opskit.verification.architecture.bad.statics;

final class ShowsAnArray {
  public static final byte[] MAGIC = {1, 2};
}
