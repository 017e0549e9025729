package dev.opskit.verification.architecture.bad.open;

class AllowedHidden {}
