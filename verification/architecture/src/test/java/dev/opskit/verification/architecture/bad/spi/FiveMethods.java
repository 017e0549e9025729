package dev.opskit.verification.architecture.bad.spi;

public interface FiveMethods {
  void one();

  void two();

  void three();

  void four();

  default void five() {}
}
