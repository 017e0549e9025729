package dev.opskit.verification.architecture.bad.open;

public record AllowedRecord(String value) {}
