package dev.opskit.verification.architecture.bad.homemade;

public @interface Nullable {}
