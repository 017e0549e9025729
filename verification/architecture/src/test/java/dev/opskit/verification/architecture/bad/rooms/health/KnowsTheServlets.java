package dev.opskit.verification.architecture.bad.rooms.health;

import jakarta.servlet.Filter;

abstract class KnowsTheServlets implements Filter {}
