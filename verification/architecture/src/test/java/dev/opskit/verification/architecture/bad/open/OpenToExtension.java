package dev.opskit.verification.architecture.bad.open;

public class OpenToExtension {}
