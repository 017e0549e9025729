package dev.opskit.verification.architecture.bad.spi;

public interface Empty {}
