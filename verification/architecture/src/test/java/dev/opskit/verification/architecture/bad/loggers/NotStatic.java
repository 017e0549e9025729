package dev.opskit.verification.architecture.bad.loggers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class NotStatic {
  private final Logger logger = LoggerFactory.getLogger(NotStatic.class);

  void say(String text) {
    logger.info("{}", text);
  }
}
