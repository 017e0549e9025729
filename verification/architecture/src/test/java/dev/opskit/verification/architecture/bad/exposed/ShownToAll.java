package dev.opskit.verification.architecture.bad.exposed;

public final class ShownToAll {}
