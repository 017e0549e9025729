package dev.opskit.verification.architecture.bad.loggers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class NotPrivate {
  static final Logger logger = LoggerFactory.getLogger(NotPrivate.class);

  void say(String text) {
    logger.info("{}", text);
  }
}
