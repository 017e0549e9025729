package dev.opskit.verification.architecture.bad.rooms.secrets;

import ch.qos.logback.core.ContextBase;

abstract class KnowsLogback extends ContextBase {}
