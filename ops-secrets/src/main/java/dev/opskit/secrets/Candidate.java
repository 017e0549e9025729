package dev.opskit.secrets;

/**
 * A version that the store gave, not yet read as anything.
 *
 * @param value stays its owner's
 * @param sequence counts the versions of this secret, from 1
 * @param confirmedNanos when the store last said that it is the one to use
 */
record Candidate(SecretValue value, long sequence, long confirmedNanos) {}
