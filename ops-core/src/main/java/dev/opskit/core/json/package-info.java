/** The JSON writer that every module writes with. */
@NullMarked
package dev.opskit.core.json;

import org.jspecify.annotations.NullMarked;
