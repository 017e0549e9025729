/** Auto-configuration for Spring Boot 4: every bean of it gives way to one of the application. */
@NullMarked
package dev.opskit.spring.boot;

import org.jspecify.annotations.NullMarked;
