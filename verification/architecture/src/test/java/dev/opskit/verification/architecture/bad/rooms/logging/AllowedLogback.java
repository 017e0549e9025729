package dev.opskit.verification.architecture.bad.rooms.logging;

import ch.qos.logback.core.ContextBase;

abstract class AllowedLogback extends ContextBase {}
