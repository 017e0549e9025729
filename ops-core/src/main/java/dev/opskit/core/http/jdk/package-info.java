/** Transport over the JDK's own HTTP server and client. Nothing else in the SDK depends on it. */
@NullMarked
package dev.opskit.core.http.jdk;

import org.jspecify.annotations.NullMarked;
