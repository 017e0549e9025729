package dev.opskit.verification.architecture.bad.rooms.health;

public final class AllowedHealth {}
