package dev.opskit.verification.architecture.bad.spi;

public interface AllowedFourMethods {
  void one();

  void two();

  void three();

  default void four() {}

  static Runnable fromFactory() {
    return () -> {};
  }
}
