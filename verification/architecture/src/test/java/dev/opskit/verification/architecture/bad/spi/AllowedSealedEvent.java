package dev.opskit.verification.architecture.bad.spi;

public sealed interface AllowedSealedEvent {
  record Only() implements AllowedSealedEvent {}
}
