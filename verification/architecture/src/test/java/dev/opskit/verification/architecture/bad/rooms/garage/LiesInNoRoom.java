package dev.opskit.verification.architecture.bad.rooms.garage;

final class LiesInNoRoom {}
