package dev.opskit.verification.architecture.bad.unmarked;

final class SaysNothingAboutNull {}
