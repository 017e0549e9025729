package dev.opskit.verification.architecture.bad.rooms.backup;

import dev.opskit.verification.architecture.bad.rooms.backup.postgres.AllowedDump;

final class KnowsItsOwnLeaf {
  AllowedDump dump = new AllowedDump();
}
