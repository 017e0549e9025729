package dev.opskit.verification.architecture.bad.time;

import java.util.Date;

final class UsesAnOldDate {
  Date now = new Date();
}
