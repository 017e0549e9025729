package dev.opskit.verification.architecture.bad.rooms.core;

public final class AllowedCore {}
