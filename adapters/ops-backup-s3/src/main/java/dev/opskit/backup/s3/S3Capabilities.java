package dev.opskit.backup.s3;

/**
 * What an endpoint was seen to do. Immutable.
 *
 * @param conditionalCreate whether it keeps the first of two objects of one name; without it the
 *     endpoint is unsuitable, as a backup could be overwritten
 * @param refusesDamage whether it refuses content that does not have the checksum that was sent
 *     with it; without it damage on the way is found by a verification only
 * @param tellsChecksums whether it tells the checksum of an object without its content, which is
 *     what a verification at the level CHECKSUMS needs
 * @param deletes whether this user may delete, which is only needed for retention and for the
 *     collection of orphans
 */
public record S3Capabilities(
    boolean conditionalCreate, boolean refusesDamage, boolean tellsChecksums, boolean deletes) {}
