/** The reference service as a process of its own, on a PostgreSQL that is really taken away. */
@NullMarked
package dev.opskit.verification.integration.service;

import org.jspecify.annotations.NullMarked;
