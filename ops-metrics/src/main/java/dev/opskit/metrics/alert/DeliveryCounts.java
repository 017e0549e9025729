package dev.opskit.metrics.alert;

/**
 * What became of the alerts of a sink since it was built. The first three count each alert in each
 * request to each address, so one that fires on counts with every re-send. Immutable.
 *
 * @param ok taken by the far end
 * @param refused not taken, and not worth a try before something changes: 4xx
 * @param failed not taken this time, will be tried again: 5xx, no connection, no answer in time
 * @param dropped alerts that nobody will be told of: raised when there was no room or after the
 *     close, or ended so long ago that it is of no use
 * @param pending alerts whose last change nobody has taken or refused yet
 * @param firing alerts that were raised and not resolved
 */
public record DeliveryCounts(
    long ok, long refused, long failed, long dropped, int pending, int firing) {}
