package dev.opskit.verification.architecture.bad.rooms.backup;

import dev.opskit.verification.architecture.bad.rooms.backup.s3.AllowedStore;

final class KnowsItsOwnAdapter {
  AllowedStore store = new AllowedStore();
}
