package dev.opskit.verification.architecture.bad.names;

final class StoreUtils {}
