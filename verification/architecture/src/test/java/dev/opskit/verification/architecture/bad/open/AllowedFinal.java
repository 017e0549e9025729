package dev.opskit.verification.architecture.bad.open;

public final class AllowedFinal {}
