/** Structured JSON logging on logback: one valid line an event, correlated and masked. */
@NullMarked
package dev.opskit.logging;

import org.jspecify.annotations.NullMarked;
