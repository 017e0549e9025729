package dev.opskit.verification.architecture.bad.loggers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class AllowedLogger {
  private static final Logger logger = LoggerFactory.getLogger(AllowedLogger.class);

  void say(String text) {
    logger.info("{}", text);
  }
}
