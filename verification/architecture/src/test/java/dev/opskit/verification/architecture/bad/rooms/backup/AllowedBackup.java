package dev.opskit.verification.architecture.bad.rooms.backup;

public final class AllowedBackup {}
