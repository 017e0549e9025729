/** The id that ties the log lines, metrics and outgoing calls of one request together. */
@NullMarked
package dev.opskit.core.correlation;

import org.jspecify.annotations.NullMarked;
