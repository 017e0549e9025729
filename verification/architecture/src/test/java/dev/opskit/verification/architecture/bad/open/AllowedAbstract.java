package dev.opskit.verification.architecture.bad.open;

public abstract class AllowedAbstract {}
