/** Server-neutral HTTP: ops endpoints, their requests and responses, and request observers. */
@NullMarked
package dev.opskit.core.http;

import org.jspecify.annotations.NullMarked;
