package dev.opskit.verification.architecture.bad.jul;

import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;

final class AllowedDelegation {
  Logger getParentLogger(CommonDataSource source) throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }
}
