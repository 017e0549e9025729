package dev.opskit.verification.architecture.bad.exposed;

final class Hidden {}
