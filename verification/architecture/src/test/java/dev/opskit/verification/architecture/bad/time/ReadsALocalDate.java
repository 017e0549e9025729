package dev.opskit.verification.architecture.bad.time;

import java.time.LocalDate;
import java.time.ZoneOffset;

final class ReadsALocalDate {
  LocalDate today = LocalDate.now(ZoneOffset.UTC);
}
