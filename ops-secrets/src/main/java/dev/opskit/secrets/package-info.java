/** Secrets that are loaded at run time, cached, and shown nowhere. */
@NullMarked
package dev.opskit.secrets;

import org.jspecify.annotations.NullMarked;
